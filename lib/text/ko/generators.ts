import type { Messages } from '../format';
import type { GeneratorsText } from '../keys/generators';

/** What only models with a generator have: two kinds of samples, and their diversity. */
export const generators: Messages<GeneratorsText> = {
  // Samples
  'Fresh samples': '새 잡음의 샘플',
  'Same noise throughout': '늘 같은 잡음',
  'each place shows how one sample develops': '자리마다 한 샘플이 변해 가는 모습',
  'Fresh noise': '새 잡음',
  'new each time: how varied are they?': '매번 새로 뽑습니다. 얼마나 다양한가요?',
  'Discriminator: {share} % real': '판별자: 진짜일 확률 {share} %',
  // Diversity
  Diversity: '다양성',
  Spread: '퍼짐',
  'Diversity of the samples': '샘플의 다양성',
  'Spread: the mean distance between two fresh samples, as a share of that between two real images. Classes: of the real images nearest to the samples.':
    '퍼짐: 새 샘플 두 장 사이의 평균 거리를 진짜 이미지 두 장 사이의 거리와 비교한 비율. 클래스: 샘플과 가장 가까운 진짜 이미지의 클래스.',
  'not measured yet': '아직 재지 않음',
  '{share} %': '{share} %',
  '{share} %, {found} of {classes} classes': '{share} %, 클래스 {classes}개 중 {found}개',
  'Nash equilibrium: 0.5': '내시 균형: 0.5',
  'As varied as the real images': '진짜 이미지만큼 다양함',
  'Mode collapse began': '모드 붕괴 시작',
  'Samples are varied again': '샘플이 다시 다양해짐',
  'Mode collapse since step {step}: the samples have become alike.':
    '{step} 스텝부터 모드 붕괴: 샘플이 서로 비슷해졌습니다.',
  'Step {step}: {text}': '{step} 스텝: {text}',
  // Steps of one network
  'took one step of the generator': '님이 생성자만 한 스텝 진행했습니다',
  'took one step of the discriminator': '님이 판별자만 한 스텝 진행했습니다',
  'Step one network': '한 신경망만 스텝',
  'Step the generator only': '생성자만 한 스텝',
  'Step the discriminator only': '판별자만 한 스텝',
  // Slow
  'Slow motion': '슬로 모션',
  Back: '뒤로',
  Next: '다음',
  'Start over': '처음부터',
  'Take this step': '이 스텝 진행',
  'Hold the training': '훈련 멈추기',
  learns: '학습',
  '{share} % real': '진짜 {share} %',
  Generate: '생성',
  Judge: '판정',
  'Discriminator learns': '판별자 학습',
  'Generate anew': '다시 생성',
  'Generator learns': '생성자 학습',
  'The step begins with noise: {rows} rows of {size} random numbers.':
    '스텝은 잡음에서 시작합니다. 난수 {size}개씩 {rows}줄입니다.',
  'The generator turns each row into an image.': '생성자가 줄마다 이미지를 하나씩 만듭니다.',
  'The discriminator sees both kinds: it finds generated ones {fake} % real, real ones {real} %.':
    '판별자가 두 종류를 모두 봅니다. 진짜일 확률을 생성 이미지는 {fake} %, 진짜 이미지는 {real} %로 판정합니다.',
  'Its loss is {loss}, and it learns from it: now generated ones score {fake} %, real ones {real} %.':
    '판별자의 손실은 {loss}입니다. 이를 줄이도록 학습한 뒤 생성 이미지는 {fake} %, 진짜 이미지는 {real} %가 됩니다.',
  'Fresh noise, new images: the discriminator, as it is now, finds them {fake} % real.':
    '새 잡음으로 새 이미지를 만듭니다. 방금 학습한 판별자는 진짜일 확률을 {fake} %로 판정합니다.',
  'The loss of the generator is {loss}: it learns what would have looked real. The same noise now scores {fake} %.':
    '생성자의 손실은 {loss}입니다. 진짜처럼 보이는 쪽으로 학습한 뒤, 같은 잡음의 점수는 {fake} %가 됩니다.',
};
