import type { Messages } from '../format';
import type { GalleryText } from '../keys/gallery';

/** Gallery, presets, and the diagram of the networks. */
export const gallery: Messages<GalleryText> = {
  // Gallery
  'Or begin with a model: open it, then press Train': '모델로 시작해 보세요. 연 다음 훈련을 누르면 됩니다',
  'Presets of {model}': '{model} 프리셋',
  'Goes wrong:': '잘못되는 예:',
  '{n} more {n|preset|presets}': '프리셋 {n}개 더 보기',
  'Choose a model': '모델 선택',
  '{preset}: which run is it for?': '{preset}: 어느 실행에 쓸까요?',
  'The next run': '다음 실행',
  'A fresh run now': '지금 새 실행',
  'The present run goes on with the recipe that it has; Train begins with this one.':
    '지금 실행은 자기 레시피로 계속됩니다. 새로 훈련할 때 이 레시피를 씁니다.',
  'The present run is put aside, and can be brought back.':
    '지금 실행은 옆으로 치워 두며 되돌릴 수 있습니다.',
  'Back to the gallery': '갤러리로 돌아가기',
  'Gallery of models': '모델 갤러리',
  'There is no such preset': '그런 프리셋은 없습니다',
  'Perhaps a character was lost when the link was copied, or the preset has gone. All that exist are in the gallery.':
    '링크를 복사하다가 글자가 빠졌거나 프리셋이 없어졌을 수 있습니다. 있는 것은 모두 갤러리에 있습니다.',
  'To the gallery': '갤러리로',
  'Opening the playground': '놀이터를 여는 중',
  // Presets
  Start: '시작',
  'As in the notebook': '노트북 그대로',
  Fast: '빠르게',
  Large: '크게',
  'A coding of 2': '코딩 크기 2',
  'Too high a learning rate': '지나치게 높은 학습률',
  'A window of 5': '창 길이 5',
  'Out of fog, shapes: 784 pixels go through 30 numbers and come back.':
    '안개에서 모양이 나타납니다. 784개 픽셀이 숫자 30개를 거쳐 되돌아옵니다.',
  'Clothes through 30 numbers and back, by SGD with a learning rate of 1.5.':
    '옷 사진이 숫자 30개를 거쳐 되돌아옵니다. 학습률 1.5의 SGD를 씁니다.',
  'Small layers and Adam: shapes stand out after a hundred steps.':
    '작은 층과 Adam을 씁니다. 백 스텝이면 모양이 드러납니다.',
  'Two wide layers a side and 64 numbers: slower steps, room for detail.':
    '양쪽에 넓은 층 둘씩, 숫자 64개. 스텝은 느리지만 세부까지 담을 수 있습니다.',
  'Two numbers are too few: drawings stay blurred and take each other for another; the cloud is flat.':
    '숫자 둘로는 모자랍니다. 그림이 흐릿하고 서로 뒤바뀌며, 구름은 납작합니다.',
  'The loss rises instead of falling, and within 30 steps it is no number any more: the run fails.':
    '손실이 줄지 않고 커지다가 30 스텝 안에 숫자가 아니게 되어 실행이 실패합니다.',
  'Letters at random, then words, then lines with speakers.':
    '처음에는 아무 글자, 다음에는 단어, 그다음에는 화자가 있는 대사를 씁니다.',
  'Two layers of 128 GRU cells read Shakespeare in windows of 100.':
    'GRU 셀 128개짜리 층 둘이 셰익스피어를 100자씩 읽습니다.',
  'One small layer and short windows: words appear within seconds.':
    '작은 층 하나와 짧은 창. 몇 초 만에 단어가 나타납니다.',
  'Two layers of 256 LSTM cells: slow steps, and more to remember.':
    'LSTM 셀 256개짜리 층 둘. 스텝은 느리지만 더 많이 기억합니다.',
  'The loss leaps up, then stays near 2.3: letters in likely order, and never words.':
    '손실이 치솟은 뒤 2.3 근처에 머뭅니다. 글자 순서는 그럴듯하지만 단어가 되지 못합니다.',
  'It finds syllables and hardly more: after 500 steps the loss is 2.0, with windows of 40 it is 1.3.':
    '음절 정도만 익힙니다. 500 스텝 뒤 손실이 2.0인데, 창 길이 40이면 1.3입니다.',
  'Noise becomes a blob, the blob becomes shapes, while two losses hold each other.':
    '두 손실이 맞서는 동안 잡음이 덩어리가 되고 덩어리가 모양이 됩니다.',
  'Clothes out of 30 random numbers, by two dense networks.': '밀집 신경망 둘이 난수 30개에서 옷을 만듭니다.',
  'One layer a network and Adam: one picture for all at first, then ever more kinds.':
    '신경망마다 층 하나와 Adam. 처음에는 모두 같은 그림이다가 종류가 늘어납니다.',
  'Three layers for the forger, two for the judge, 64 random numbers: slower steps, more room.':
    '위조자는 층 셋, 심판은 층 둘, 난수 64개. 스텝은 느리지만 여유가 큽니다.',
  'The generator takes four steps a turn. After some 300 steps all samples become one and the same picture.':
    '생성자가 한 차례에 네 스텝을 갑니다. 300 스텝쯤 지나면 모든 표본이 똑같은 그림이 됩니다.',
  "The generator's loss jumps into the thousands, and every sample becomes the same few dots.":
    '생성자의 손실이 수천으로 뛰고, 모든 표본이 똑같은 점 몇 개가 됩니다.',
  'A coarse image is enlarged twice: patches become strokes, strokes become shapes.':
    '거친 이미지를 두 번 키웁니다. 얼룩이 획이 되고 획이 모양이 됩니다.',
  'Clothes out of 100 random numbers, by convolutions of 5 x 5.':
    '5 x 5 합성곱이 난수 100개에서 옷을 만듭니다.',
  'A quarter of the filters and Adam: shapes within a few hundred quick steps.':
    '필터를 4분의 1로 줄이고 Adam을 씁니다. 빠른 스텝 몇백 번이면 모양이 나옵니다.',
  'Twice the filters: each step takes about four times as long.':
    '필터가 두 배라서 스텝마다 네 배쯤 오래 걸립니다.',
  "The generator's loss is in the hundreds at once; soon every sample is the same grid of dots.":
    '생성자의 손실이 곧바로 수백이 되고, 이내 모든 표본이 똑같은 점 격자가 됩니다.',
  'Coarse shapes first, then edges and grain, each steered by a style.':
    '거친 모양 다음에 윤곽과 결이 나타나며, 저마다 스타일이 이끕니다.',
  'Clothes, every layer of the forger steered by a style.':
    '옷을 만듭니다. 위조자의 모든 층을 스타일이 이끕니다.',
  'A quarter of the filters and two mapping layers: the same ideas in quicker steps.':
    '필터를 4분의 1로 줄이고 매핑 층은 둘. 같은 원리를 더 빠른 스텝으로 봅니다.',
  'Eight mapping layers and twice the filters, as deep as in the paper; slow without a GPU.':
    '논문처럼 매핑 층 여덟에 필터는 두 배. GPU가 없으면 느립니다.',
  'Both losses leap into the thousands, and within a hundred steps all samples look alike.':
    '두 손실이 수천으로 치솟고, 백 스텝 안에 모든 표본이 서로 닮아 버립니다.',
  // Network
  'See the network': '신경망 보기',
  'What to expect': '보게 될 것',
  'Made from the recipe: drag a layer to resize it': '레시피에서 그린 그림입니다. 층을 끌어 크기를 바꾸세요',
  'Takes effect with the next run': '다음 실행부터 적용됩니다',
  Images: '이미지',
  Reconstructed: '재구성',
  Character: '글자',
  'Next character': '다음 글자',
  Verdict: '판정',
  Dense: '밀집',
  Coding: '코딩',
  Constant: '상수',
  Convolution: '합성곱',
  'Dense layer': '밀집 층',
  'Recurrent layer': '순환 층',
  'Learned constant': '학습된 상수',
  'with normalization': '정규화 포함',
  'with dropout': '드롭아웃 포함',
  'with a draw around it': '주변에서 뽑기 포함',
  'with a style': '스타일 포함',
  'with noise and a style': '잡음과 스타일 포함',
  'Add a layer here': '여기에 층 추가',
  'Drag it, or use the arrow keys': '끌거나 화살표 키를 쓰세요',
  'The first {count} of {total} weight pictures at step {step}: grey is zero':
    '{step} 스텝의 가중치 그림 {total}개 중 처음 {count}개: 회색이 0',
  'Both take their turns in each step, shown in slow motion':
    '스텝마다 둘이 번갈아 배웁니다. 느리게 보여 드립니다',
  'What it draws at step {step}': '{step} 스텝에 그리는 그림',
  'Its activations at step {step}: grey is zero': '{step} 스텝의 활성값: 회색이 0',
  '{shown} of its {total} maps at step {step}: grey is zero':
    '{step} 스텝의 활성 맵 {total}개 중 {shown}개: 회색이 0',
  'Its units as they read, at step {step}: grey is zero': '글을 읽는 유닛들, {step} 스텝: 회색이 0',
  'The first {shown} of its {total} units as they read, at step {step}: grey is zero':
    '글을 읽는 유닛 {total}개 중 처음 {shown}개, {step} 스텝: 회색이 0',
  'How real it finds this image at step {step}, from 0 to 1':
    '{step} 스텝에 이 이미지를 얼마나 진짜로 보는지, 0부터 1까지',
  'Its weights at step {step}: grey is zero': '{step} 스텝의 가중치: 회색이 0',
  'Each drawing is compared with its image: the difference is the loss.':
    '그림마다 원래 이미지와 비교합니다. 그 차이가 손실입니다.',
  'Each drawing is compared with its image, and the cloud that it is drawn from with the prior: both are the loss.':
    '그림은 원래 이미지와, 그림이 나온 구름은 사전 분포와 비교합니다. 두 차이를 더한 것이 손실입니다.',
  'The guess is compared with the character that follows: the surprise is the loss.':
    '예측을 실제로 이어지는 글자와 비교합니다. 놀란 정도가 손실입니다.',
  'The discriminator learns: real to 1, generated to 0.': '판별자가 배웁니다. 진짜는 1, 생성은 0.',
  'The generator learns through it: its images to 1.': '생성자가 판별자를 거쳐 배웁니다. 제 이미지를 1로.',
};
