/** What only models with a generator have: two kinds of samples, and their variety. */

const samples = {
  'Fresh samples': '새 잡음의 샘플',
  'Same noise throughout': '늘 같은 잡음',
  'each place shows how one sample develops': '자리마다 한 샘플이 변해 가는 모습',
  'Fresh noise': '새 잡음',
  'new each time: how varied are they?': '매번 새로 뽑습니다. 얼마나 다양한가요?',
  'Discriminator: {share} % real': '판별자: 진짜일 확률 {share} %',
} as const;

const variety = {
  Variety: '다양성',
  Spread: '퍼짐',
  'Variety of the samples': '샘플의 다양성',
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
} as const;

export const generators = { ...samples, ...variety } as const;
