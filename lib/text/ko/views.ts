import type { Messages } from '../format';
import type { ViewsText } from '../keys/views';

/** The stage, its views and the curves. */
export const views: Messages<ViewsText> = {
  // A stage without a run
  'Press Train, and watch two networks outwit each other.':
    '훈련을 누르고, 두 신경망의 속고 속이는 대결을 지켜보세요.',
  'From noise, pictures': '잡음에서 그림으로',
  'One network turns random numbers into pictures, and never sees a real one. The same numbers are drawn again and again: what changes is what it has learned.':
    '한 신경망은 진짜를 한 번도 보지 않고 난수를 그림으로 바꿉니다. 같은 난수를 거듭 그리므로, 달라지는 것은 그동안 배운 것입니다.',
  'A judge that can be fooled': '속일 수 있는 심판',
  'The other tells real from generated. When its scores meet at one half, it can only guess; when one side wins too early, both stop learning.':
    '다른 신경망은 진짜와 생성된 것을 가려냅니다. 점수가 0.5에서 만나면 찍을 수밖에 없고, 한쪽이 너무 일찍 이기면 둘 다 배우지 못합니다.',
  'Press Train, and watch a network learn to draw.':
    '훈련을 누르고, 신경망이 그림을 배우는 모습을 지켜보세요.',
  'Out of fog, pictures': '안개에서 그림으로',
  'It squeezes each picture into a few numbers and draws it again from them. Within seconds the drawings below the originals turn from grey fog into shapes.':
    '그림을 몇 개의 숫자로 압축하고 그 숫자로 다시 그립니다. 몇 초 만에 원본 아래의 그림이 회색 안개에서 형태를 갖춥니다.',
  'A map that nobody drew': '아무도 그리지 않은 지도',
  'Those few numbers place every picture in space. No one tells the network about classes, and yet like finds like: turn the cloud, and look at its points.':
    '그 숫자들이 모든 그림을 공간에 놓습니다. 클래스를 알려 주지 않아도 비슷한 것끼리 모입니다. 점 구름을 돌려 보고 점들을 살펴보세요.',
  'Press Train, and watch a network learn to write.':
    '훈련을 누르고, 신경망이 글쓰기를 배우는 모습을 지켜보세요.',
  'Letter by letter': '한 글자씩',
  'It only ever guesses the next character. First come letters at random, then words, then lines with speakers: spelling and form that nobody explained.':
    '언제나 다음 글자만 추측합니다. 처음에는 아무 글자나, 다음에는 단어가, 그다음에는 배역이 있는 대사가 나옵니다. 철자와 형식을 알려 준 사람은 없습니다.',
  'How sure it was': '얼마나 확신했는지',
  'The less probable a character was, the stronger it is tinted. Look where a word begins, and where there was hardly a choice.':
    '확률이 낮았던 글자일수록 색이 짙어집니다. 단어가 시작되는 곳과 고를 여지가 거의 없던 곳을 비교해 보세요.',
  'Style, from coarse to fine': '거친 것부터 세밀한 것까지, 스타일',
  'Random numbers become a style, and the style steers every layer: the first ones the shape, the last ones the texture. Noise adds what no style decides.':
    '난수가 스타일이 되고, 스타일은 모든 층을 조종합니다. 앞쪽 층은 형태를, 뒤쪽 층은 질감을 정합니다. 스타일이 정하지 않는 것은 잡음이 더합니다.',
  'Everyone with the link sees the same, and anyone may turn the knobs while it learns.':
    '링크가 있는 모두가 같은 화면을 보고, 배우는 동안 누구나 값을 조절할 수 있습니다.',
  // Stage
  Samples: '샘플',
  'Real images': '진짜 이미지',
  'Try it': '해 보기',
  Reconstructions: '재구성',
  'Latent space': '잠재 공간',
  'What D sees': 'D가 보는 것',
  'Own generator': '가져온 생성자',
  Views: '보기',
  'Enlarge {view}': '{view} 크게 보기',
  'Full screen': '전체 화면',
  'Leave full screen': '전체 화면 끝내기',
  Original: '원본',
  Reconstruction: '재구성',
  'What the generated ones should look like': '생성 이미지가 닮아야 할 모습',
  Classes: '클래스',
  'Nothing yet': '아직 없음',
  // Large views
  'This browser shows no 3D graphics (WebGL 2), so the cloud can’t be drawn here.':
    '이 브라우저는 3D 그래픽(WebGL 2)을 지원하지 않아 점 구름을 그릴 수 없습니다.',
  'The 3D view could not be loaded. Reload the page once the connection is back.':
    '3D 뷰를 불러오지 못했습니다. 연결되면 페이지를 새로 고치세요.',
  'The graphics card has dropped this view. It comes back by itself.':
    '그래픽 카드가 이 뷰를 잃었습니다. 저절로 돌아옵니다.',
  Thumbnails: '섬네일',
  Turn: '회전',
  'Fit view': '전체 보기',
  '{count} points after training step {step}. Arrow keys turn the cloud, plus and minus zoom.':
    '{step} 스텝 뒤의 점 {count}개. 화살표 키로 돌리고 더하기, 빼기 키로 확대하거나 축소합니다.',
  'Share of the codings’ variance that these three axes show': '이 세 축이 보여 주는 코딩 분산의 비율',
  'PCA, {share} % of the variance': 'PCA, 분산의 {share} %',
  'After training step {step}.': '훈련 {step} 스텝 뒤.',
  '{n} originals, each above its reconstruction.': '원본 {n}장과 그 아래의 재구성.',
  Codings: '코딩',
  'Between them its {size} numbers as bars from −{below} to {above}; arrow keys read them.':
    '그 사이의 막대는 코딩의 숫자 {size}개로, −{below}부터 {above}까지입니다. 화살표 키로 읽을 수 있습니다.',
  'Its coding, {n} numbers:': '코딩, 숫자 {n}개:',
  'Its coding, {n} numbers; the first {shown}:': '코딩, 숫자 {n}개 중 앞의 {shown}개:',
  'Number {place}: {value}': '{place}번 숫자: {value}',
  'Generated images of the same noise throughout, {n}.': '늘 같은 잡음에서 생성한 이미지 {n}장.',
  'Generated images of fresh noise, {n}.': '새 잡음에서 생성한 이미지 {n}장.',
  'The first images of the data set.': '데이터셋의 처음 이미지들.',
  // Trying a model
  'Step {step}': '{step} 스텝',
  'As soon as the training has begun': '훈련을 시작하면 볼 수 있습니다',
  'Its own numbers': '원래 숫자로',
  'Where to begin': '어디서 시작할지',
  'A picture': '그림에서',
  'A grid': '격자',
  'A grid over numbers {across} and {up}': '{across}번, {up}번 숫자의 격자',
  Upwards: '위로',
  'Places lie as densely as the prior, the other numbers are 0.':
    '자리는 사전 분포만큼 촘촘하고, 나머지 숫자는 0입니다.',
  'Places lie as densely as codings do, the other numbers are as on the mean.':
    '자리는 코딩만큼 촘촘하고, 나머지 숫자는 평균입니다.',
  'Press a picture to take its coding, for all.': '그림을 누르면 모두가 그 코딩을 함께 봅니다.',
  'Images to choose from': '고를 수 있는 이미지',
  'Image {place}, {name}': '이미지 {place}, {name}',
  Decoded: '디코딩 결과',
  'Numbers of the coding': '코딩의 숫자들',
  'The first {shown} of its {size} numbers: drag one': '숫자 {size}개 중 앞의 {shown}개: 끌어서 바꿔 보세요',
  'Its {size} numbers: drag one': '숫자 {size}개: 끌어서 바꿔 보세요',
  'Number {place}': '{place}번 숫자',
  'New samples': '새 샘플',
  'Drawn samples': '뽑은 샘플',
  'Sample {place}: {purpose}': '샘플 {place}: {purpose}',
  'Start from here': '여기서 출발',
  'Go here': '여기로 이동',
  'On the way': '이동 위치',
  'Moving this now': '지금 움직이는 사람',
  '{name} moves number {place}': '{name} 님이 숫자 {place}번을 움직이는 중',
  'All layers together': '모든 층 함께',
  '{share}, with the way': '{share}, 이동 위치를 따름',
  'Coarse layers of From, fine ones of To': '거친 층은 출발에서, 세밀한 층은 도착에서',
  'The first {n} {n|layer|layers} of From, the others of To': '앞 {n}개 층은 출발에서, 나머지는 도착에서',
  'Press, then choose a sample for this end': '누른 뒤 이쪽 끝에 놓을 샘플을 고르세요',
  From: '출발',
  To: '도착',
  'Between the two': '둘 사이',
  Truncation: '절단',
  Noise: '잡음',
  'Written text': '쓴 글',
  // Curves
  'Share##metric': '비율',
  Score: '점수',
  'Curve pointer': '곡선 포인터',
  Validation: '검증',
  'Step {step}: {readings}': '{step} 스텝: {readings}',
  'step {step}': '{step} 스텝',
  'at step {step}##reading': '{step} 스텝',
  Smoothing: '평활화',
  'Log scale': '로그 눈금',
  'Step {step}, {name}: {text}': '{step} 스텝, {name}: {text}',
  'paused##mark': '일시 정지',
  'went on': '계속',
  'ended the training': '훈련 종료',
};
