import type { Messages } from '../format';
import type { CatalogText } from '../keys/catalog';

/** Models, data sets and hyperparameters, in the terms of Korean textbooks. */
export const catalog: Messages<CatalogText> = {
  // Models
  'Stacked autoencoder': '적층 오토인코더',
  'Squeezes each image into a few numbers and learns to draw it again from them.':
    '이미지를 몇 개의 숫자로 압축하고, 그 숫자로 다시 그려 내는 법을 배웁니다.',
  'Character RNN': '문자 RNN',
  'Reads a text character by character, learns which one comes next, and so learns to write.':
    '텍스트를 한 글자씩 읽으며 다음 글자를 예측하고, 그렇게 글쓰기를 배웁니다.',
  GAN: 'GAN',
  'One network forges images from random numbers, another learns to tell them from real ones.':
    '한 신경망은 난수로 이미지를 위조하고, 다른 신경망은 진짜와 구별하는 법을 배웁니다.',
  DCGAN: 'DCGAN',
  'A GAN that draws with convolutions: it begins with a coarse image and enlarges it twice.':
    '합성곱으로 그리는 GAN입니다. 거친 이미지에서 시작해 두 번 확대합니다.',
  StyleGAN: 'StyleGAN',
  'Turns random numbers into a style that steers an image from its coarse shape to its fine texture.':
    '난수를 스타일로 바꾸고, 그 스타일로 큰 형태부터 세밀한 질감까지 이미지를 조종합니다.',
  // Metrics
  Loss: '손실',
  'KL divergence': 'KL 발산',
  Accuracy: '정확도',
  'Rounded accuracy': '반올림 정확도',
  'Discriminator loss': '판별자 손실',
  'Generator loss': '생성자 손실',
  'Score of real images': '진짜 이미지의 점수',
  'Score of generated images': '생성 이미지의 점수',
  Real: '진짜',
  Generated: '생성',
  // Datasets
  Glyphs: '도형',
  'Ten kinds of shapes, drawn by the server at once. Needs no network.':
    '서버가 바로 그리는 열 가지 도형입니다. 네트워크가 필요 없습니다.',
  Disc: '원판',
  Ring: '고리',
  Square: '사각형',
  Frame: '테두리',
  Triangle: '삼각형',
  Cross: '십자',
  Bars: '줄무늬',
  Star: '별',
  Wave: '물결',
  Arrow: '화살표',
  'Fashion-MNIST': '패션 MNIST',
  '70,000 photographs of clothes by Zalando Research. Downloaded once, 31 MB.':
    'Zalando Research의 의류 사진 7만 장입니다. 한 번 내려받습니다(31 MB).',
  'T-shirt/top': '티셔츠/상의',
  Trouser: '바지',
  Pullover: '스웨터',
  Dress: '드레스',
  Coat: '코트',
  Sandal: '샌들',
  Shirt: '셔츠',
  Sneaker: '스니커즈',
  Bag: '가방',
  'Ankle boot': '앵클 부츠',
  Verses: '운문',
  'Half a million characters of plays in rhyme, written by the server at once. Needs no network.':
    '서버가 바로 써 내는 50만 자 분량의 운문 희곡입니다. 네트워크가 필요 없습니다.',
  Shakespeare: '셰익스피어',
  'Scenes from his plays, a million characters, collected by Andrej Karpathy. Downloaded once, 1.1 MB.':
    'Andrej Karpathy가 모은 희곡 장면 100만 자입니다. 한 번 내려받습니다(1.1 MB).',
  // Groups
  Text: '텍스트',
  Network: '신경망',
  'Mapping network': '매핑 네트워크',
  Generator: '생성자',
  Discriminator: '판별자',
  'Both networks': '두 신경망 공통',
  Training: '훈련',
  // Units
  '': '',
  characters: '글자',
  '%': '%',
  images: '장',
  // Choices
  SELU: 'SELU',
  ReLU: 'ReLU',
  ELU: 'ELU',
  Tanh: 'tanh',
  Sigmoid: '시그모이드',
  'None (linear)': '없음(선형)',
  'Glorot uniform': '글로럿 균등 분포',
  'LeCun normal': '르쿤 정규 분포',
  SGD: 'SGD',
  'SGD with momentum 0.9': 'SGD(모멘텀 0.9)',
  RMSprop: 'RMSprop',
  Adam: 'Adam',
  'Adam without momentum': 'Adam(모멘텀 없음)',
  'Binary cross-entropy': '이진 크로스 엔트로피',
  'Mean squared error': '평균 제곱 오차(MSE)',
  GRU: 'GRU',
  LSTM: 'LSTM',
  'All lower case': '모두 소문자로',
  'As it is': '원문 그대로',
  // Units beside a value
  '{n|number|numbers}': '개',
  '{n|unit|units}': '유닛',
  '{n|character|characters}': '글자',
  '{n|step|steps}': '스텝',
  '{n|filter|filters}': '필터',
  '{n|pixel|pixels}': '픽셀',
  '{n|layer|layers}': '층',
  '{n|image|images}': '장',
  '{n|window|windows}': '윈도',
  '{n|pass|passes}': '회',
  '{n|neighbour|neighbours}': '개 이웃',
  '{n|point|points}': '개 점',
};
