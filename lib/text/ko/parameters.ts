import type { Messages } from '../format';
import type { ParametersText } from '../keys/parameters';

/** Labels and help of the hyperparameters. */
export const parameters: Messages<ParametersText> = {
  // Of several models
  Activation: '활성화 함수',
  'What every layer but the last does with its sums. SELU keeps deep dense networks normalised by itself.':
    '마지막 층을 뺀 모든 층이 가중합에 적용하는 함수입니다. SELU는 깊은 밀집 신경망의 출력을 스스로 정규화합니다.',
  Initializer: '초기화 방법',
  'How widely the first random weights spread. LeCun normal is what SELU was made for.':
    '처음 가중치를 얼마나 넓게 퍼뜨릴지 정합니다. SELU에는 르쿤 정규 분포가 맞습니다.',
  Optimizer: '옵티마이저',
  'How gradients move the weights. Adam and RMSprop want a much smaller learning rate than SGD: try 0.001.':
    '그레이디언트로 가중치를 갱신하는 방법입니다. Adam과 RMSprop에는 SGD보다 훨씬 작은 학습률이 필요합니다. 0.001을 써 보세요.',
  'Learning rate': '학습률',
  'How far each step moves the weights. Drag it while training and watch the curve answer.':
    '한 스텝에 가중치를 얼마나 움직일지 정합니다. 훈련 중에 끌면서 곡선의 반응을 보세요.',
  'Coding size': '코딩 크기',
  'Noise size': '잡음 크기',
  'How many random numbers each image is made from. More leave room for more kinds of images.':
    '이미지 하나를 만드는 난수의 개수입니다. 많을수록 더 다양한 이미지를 담을 여지가 생깁니다.',
  Leak: '누설 기울기',
  'How much of what lies below zero a leaky ReLU lets through, so that no unit falls silent for ever.':
    'LeakyReLU가 0보다 작은 값을 얼마나 통과시킬지 정합니다. 유닛이 영영 꺼지는 일을 막습니다.',
  'Batch size': '배치 크기',
  'How many images one training step sees. Larger is steadier, smaller learns more per epoch.':
    '훈련 스텝 하나가 보는 이미지의 수입니다. 크면 안정적이고, 작으면 에포크마다 더 많이 배웁니다.',
  'How many windows one training step sees. Larger is steadier, smaller learns more per epoch.':
    '훈련 스텝 하나가 보는 윈도의 수입니다. 크면 안정적이고, 작으면 에포크마다 더 많이 배웁니다.',
  Epochs: '에포크',
  'How often training goes through all training images before it finishes.':
    '훈련 이미지 전체를 몇 번 돌고 끝낼지 정합니다.',
  'How often training goes through all training windows before it finishes.':
    '훈련 윈도 전체를 몇 번 돌고 끝낼지 정합니다.',
  Seed: '시드',
  'Start of all randomness. The same seed and recipe give the same run, number for number.':
    '모든 난수의 출발점입니다. 시드와 레시피가 같으면 숫자 하나까지 같은 실행이 됩니다.',
  'Validation share': '검증 세트 비율',
  Dropout: '드롭아웃',
  'Discriminator layer': '판별자 층',
  'Generator layer': '생성자 층',
  // Autoencoder
  'How many numbers the bottleneck keeps of each image. Try 2: the pictures blur, the cloud becomes flat.':
    '병목이 이미지마다 남기는 숫자의 개수입니다. 2로 바꿔 보세요. 그림은 흐려지고 점 구름은 평평해집니다.',
  'Hidden layers': '은닉층',
  'Hidden layer': '은닉층',
  'Width of each encoder layer from the image towards the coding. The decoder mirrors them.':
    '이미지에서 코딩으로 가는 인코더 각 층의 너비입니다. 디코더는 이를 뒤집은 모양입니다.',
  'Loss function': '손실 함수',
  'How a reconstruction is scored. Cross-entropy treats each pixel as a probability and learns faster here.':
    '재구성을 채점하는 방법입니다. 크로스 엔트로피는 픽셀을 확률로 보며 여기서는 더 빨리 배웁니다.',
  'Part of the images kept aside, never trained on, to see whether learning carries over.':
    '훈련에 쓰지 않고 따로 떼어 두는 이미지의 비율입니다. 배운 것이 일반화되는지 확인합니다.',
  // Character RNN
  Letters: '대소문자',
  'Lower case leaves fewer characters to choose from, so there is less to learn.':
    '소문자로 바꾸면 고를 글자가 줄어 배울 것도 줄어듭니다.',
  'Window length': '윈도 길이',
  'How much text the network reads in one go. It can learn nothing that reaches further back.':
    '신경망이 한 번에 읽는 글의 길이입니다. 이보다 먼 과거의 패턴은 배울 수 없습니다.',
  'Window shift': '윈도 이동',
  'How far the next window begins behind the last. With 1 every character begins one: epochs become long.':
    '다음 윈도가 얼마나 뒤에서 시작하는지 정합니다. 1이면 모든 글자에서 윈도가 시작되어 에포크가 길어집니다.',
  'Training share': '훈련 세트 비율',
  'Part of the text, from its beginning, that the network learns from.':
    '텍스트의 처음부터 신경망이 배우는 부분의 비율입니다.',
  'The part after that, which shows whether learning carries over. The rest stays unread, for a last test.':
    '그다음 부분으로, 배운 것이 일반화되는지 보여 줍니다. 나머지는 마지막 테스트를 위해 읽지 않고 둡니다.',
  "Share of each layer's inputs that a training step leaves out, so that no unit leans on a single other.":
    '훈련 스텝마다 각 층의 입력 중 빼는 비율입니다. 유닛이 다른 유닛 하나에만 기대지 않게 합니다.',
  'Recurrent dropout': '순환 드롭아웃',
  "Share of each layer's memory that a training step leaves out, the same for all characters of a window.":
    '훈련 스텝마다 각 층의 은닉 상태 중 빼는 비율입니다. 한 윈도의 모든 글자에 똑같이 적용됩니다.',
  Cell: '셀',
  'What keeps the memory from character to character. A GRU has three gates, an LSTM four.':
    '글자에서 글자로 기억을 전하는 부분입니다. 게이트 계층이 GRU는 셋, LSTM은 넷입니다.',
  'Recurrent layers': '순환층',
  'How many numbers each layer remembers. Each layer reads what the one before it makes of the text.':
    '각 층이 기억하는 숫자의 개수입니다. 각 층은 앞 층이 텍스트에서 만들어 낸 것을 읽습니다.',
  // Two networks
  'Generator optimizer': '생성자 옵티마이저',
  'Discriminator optimizer': '판별자 옵티마이저',
  "How gradients move the generator's weights. With momentum two networks may circle around each other.":
    '그레이디언트로 생성자의 가중치를 갱신하는 방법입니다. 모멘텀이 있으면 두 신경망이 서로 맴돌 수 있습니다.',
  "How gradients move the discriminator's weights. With momentum two networks may circle around each other.":
    '그레이디언트로 판별자의 가중치를 갱신하는 방법입니다. 모멘텀이 있으면 두 신경망이 서로 맴돌 수 있습니다.',
  'Generator learning rate': '생성자 학습률',
  'Discriminator learning rate': '판별자 학습률',
  "How far each step moves the generator's weights. Raise it, and it runs ahead of the discriminator.":
    '한 스텝에 생성자의 가중치를 얼마나 움직일지 정합니다. 높이면 판별자를 앞서 나갑니다.',
  "How far each step moves the discriminator's weights. Raise it, and it runs ahead of the generator.":
    '한 스텝에 판별자의 가중치를 얼마나 움직일지 정합니다. 높이면 생성자를 앞서 나갑니다.',
  'Generator steps': '생성자 스텝',
  'Discriminator steps': '판별자 스텝',
  "How many steps the generator takes in a row before it is the discriminator's turn.":
    '판별자의 차례가 오기 전에 생성자가 잇달아 훈련하는 스텝 수입니다.',
  "How many steps the discriminator takes in a row before it is the generator's turn.":
    '생성자의 차례가 오기 전에 판별자가 잇달아 훈련하는 스텝 수입니다.',
  'Generator layers': '생성자 층',
  'Width of each layer from the random numbers towards the image.':
    '난수에서 이미지로 가는 각 층의 너비입니다.',
  'Discriminator layers': '판별자 층',
  'Width of each layer from the image towards the verdict: real or generated.':
    '이미지에서 진짜인지 생성된 것인지의 판정으로 가는 각 층의 너비입니다.',
  // Convolutions
  'Generator filters': '생성자 필터',
  'How many feature maps the coarse first image has, and how many after it was enlarged once.':
    '거친 첫 이미지의 특성 맵 수와, 한 번 확대한 뒤의 특성 맵 수입니다.',
  'Batch norm momentum': '배치 정규화 모멘텀',
  'How slowly the averages follow that stand in for a batch when single images are drawn.':
    '이미지를 하나씩 그릴 때 배치를 대신하는 이동 평균이 얼마나 천천히 따라갈지 정합니다.',
  'Discriminator filters': '판별자 필터',
  'How many patterns each layer looks for; each layer halves the image.':
    '각 층이 찾는 패턴의 수입니다. 층마다 이미지가 절반으로 줄어듭니다.',
  'Share of what the discriminator sees that a training step leaves out, so that it learns nothing by heart.':
    '훈련 스텝마다 판별자가 보는 것 중 빼는 비율입니다. 외워 버리지 않게 합니다.',
  'Kernel size': '커널 크기',
  'Side of the square that each filter sees at once. With even sizes enlarging leaves less of a checkerboard.':
    '필터가 한 번에 보는 정사각형의 한 변입니다. 짝수면 확대할 때 체커보드 무늬가 덜 남습니다.',
  // Styles
  'Style size': '스타일 크기',
  'How many numbers make a style. They are shaped by learning, and so less entangled than the random ones.':
    '스타일 하나를 이루는 숫자의 개수입니다. 학습으로 다듬어져 난수보다 덜 얽혀 있습니다.',
  'Mapping depth': '매핑 깊이',
  'How many dense layers turn random numbers into a style.': '난수를 스타일로 바꾸는 밀집 층의 수입니다.',
  'Average decay': '평균 감쇠율',
  'How slowly the mean style follows the styles being made; truncation pulls images towards it.':
    '평균 스타일이 새 스타일을 얼마나 천천히 따라갈지 정합니다. 절단은 이미지를 이 평균 쪽으로 끌어당깁니다.',
  'Synthesis filters': '합성 필터',
  Resolution: '해상도',
  'How many feature maps each resolution has, from the learned constant up. Each doubles the image.':
    '학습된 상수에서부터 해상도마다의 특성 맵 수입니다. 단계마다 이미지가 두 배로 커집니다.',
  'Style mixing': '스타일 혼합',
  'How often an image gets its coarse layers from one style and its fine ones from another: keeps them apart.':
    '거친 층과 세밀한 층의 스타일을 서로 다른 데서 가져오는 빈도입니다. 두 역할을 분리해 줍니다.',
};
