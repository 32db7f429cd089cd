import type { Messages } from '../format';
import type { ConceptsText } from '../keys/concepts';

/** Concept cards. */
export const concepts: Messages<ConceptsText> = {
  // The card itself
  'About {concept}': '{concept} 알아보기',
  'Try now': '지금 해 보기',
  'What to look for': '무엇을 볼까',
  'Set for everyone. Press Train anew to see it; Undo takes it back.':
    '모두에게 적용했습니다. 새로 훈련하면 볼 수 있고, 실행 취소로 되돌릴 수 있습니다.',
  'Set for everyone. Undo takes it back.': '모두에게 적용했습니다. 실행 취소로 되돌릴 수 있습니다.',
  'Everyone gets what you set.': '바꾸면 모두에게 적용됩니다.',
  // Character RNN
  'Tokenising by characters': '문자 단위 토큰화',
  'A network computes with numbers, so every character gets one, and enters as a row of zeros with a single one. Fewer different characters mean fewer choices at each step.':
    '신경망은 숫자로 계산하므로 글자마다 번호를 붙이고, 하나만 1이고 나머지는 0인 원-핫 벡터로 넣습니다. 글자 종류가 적을수록 스텝마다 고를 것이 줄어듭니다.',
  'Keep capitals': '대문자 유지',
  'Lower case only': '소문자만',
  'The first loss is about the logarithm of the number of characters: 3.7 for 39, 4.2 for 65. Speakers in capitals soon look right, yet the loss stays a little higher.':
    '처음 손실은 글자 종류 수의 자연로그와 비슷합니다. 39종이면 3.7, 65종이면 4.2입니다. 대문자로 된 배역 이름은 금세 그럴듯해지지만 손실은 조금 더 높게 머뭅니다.',
  'Windows and truncated backpropagation': '윈도와 TBPTT',
  'The text is cut into windows, and gradients flow back through one window only: backpropagation through time is truncated there. What lies further back can not be learned from.':
    '텍스트를 윈도로 자르고, 그레이디언트는 한 윈도 안에서만 거슬러 흐릅니다. 이것이 시간에 따라 자른 역전파(TBPTT)입니다. 더 먼 과거에서는 배울 수 없습니다.',
  'Read 10 characters': '10글자씩 읽기',
  'Read 100 characters': '100글자씩 읽기',
  'With 10 a step takes a tenth of the time, and words come soon. But lines have no length and speakers no turn, since no window ever shows a whole one.':
    '10글자면 스텝 시간이 10분의 1로 줄고 단어도 금세 나옵니다. 그러나 대사 한 줄이 온전히 들어간 윈도가 없으므로 줄의 길이나 배역의 차례는 배우지 못합니다.',
  'Dropout and recurrent dropout': '드롭아웃과 순환 드롭아웃',
  "Dropout leaves out a random share of a layer's inputs. Recurrent dropout leaves out a share of its memory, with the same mask at all steps of a window, so that what is remembered isn't washed away.":
    '드롭아웃은 층의 입력 일부를 무작위로 뺍니다. 순환 드롭아웃은 은닉 상태의 일부를 빼는데, 한 윈도의 모든 타임 스텝에 같은 마스크를 써서 기억이 씻겨 나가지 않게 합니다.',
  Neither: '둘 다 끄기',
  'Recurrent alone, 0.5': '순환만 0.5',
  'Inputs alone, 0.5': '입력만 0.5',
  'Without dropout the training loss falls fastest, until the validation loss parts from it and rises. With dropout the training loss lies above: it is measured with gaps.':
    '드롭아웃이 없으면 훈련 손실이 가장 빨리 줄지만, 어느 순간 검증 손실이 갈라져 올라갑니다. 드롭아웃이 있으면 유닛이 빠진 채로 재므로 훈련 손실이 더 높습니다.',
  Temperature: '온도',
  'The network gives each next character a probability. Its logarithms are divided by the temperature before one is drawn: below 1 the likely ones win more often, above 1 the unlikely ones get a chance.':
    '신경망은 다음 글자마다 확률을 매깁니다. 뽑기 전에 로그 확률을 온도로 나눕니다. 1보다 낮으면 유력한 글자가 더 자주 뽑히고, 1보다 높으면 드문 글자에도 기회가 생깁니다.',
  'Open Try it': '해 보기 열기',
  'Write with 0.2, then with 1.5. Cold text repeats itself and has almost no tint, hot text invents words and is tinted everywhere. Around 0.7 it reads best.':
    '0.2로 쓰고, 다시 1.5로 써 보세요. 낮은 온도의 글은 되풀이되고 색이 거의 없습니다. 높은 온도의 글은 없는 단어를 지어내고 온통 색이 입혀집니다. 0.7쯤이 가장 잘 읽힙니다.',
  // Autoencoder
  Bottleneck: '병목',
  'The coding layer is narrower than the image, so the network can not just copy. It has to find out what images have in common, and keep only what tells them apart.':
    '코딩층이 이미지보다 좁아서 그대로 베낄 수 없습니다. 이미지들의 공통점을 찾아내고 서로를 구별하는 것만 남겨야 합니다.',
  'Squeeze into 2 numbers': '숫자 2개로 압축',
  'Allow 30 numbers': '숫자 30개 허용',
  'With 2 the kind of thing survives, its details do not: reconstructions of one class look alike. The latent space becomes a flat sheet that shows all there is.':
    '2개면 종류는 살아남지만 세부는 사라져 같은 클래스의 재구성이 비슷해집니다. 잠재 공간은 납작한 판이 되어 있는 그대로 모두 보입니다.',
  'Cross-entropy or mean squared error': '크로스 엔트로피와 평균 제곱 오차',
  'Cross-entropy takes each pixel as the probability of ink. Its gradient stays strong where the output is surely wrong. That of the squared error, behind a sigmoid, nearly vanishes there.':
    '크로스 엔트로피는 픽셀을 잉크가 있을 확률로 봅니다. 출력이 확실히 틀린 곳에서도 그레이디언트가 강합니다. 시그모이드 뒤의 제곱 오차는 그런 곳에서 그레이디언트가 거의 사라집니다.',
  'With the squared error pictures stay grey for longer at the same learning rate. Compare the rounded accuracy: the two losses themselves are different units.':
    '같은 학습률에서 제곱 오차의 그림은 더 오래 회색으로 남습니다. 두 손실은 단위가 다르므로 반올림 정확도를 비교하세요.',
  't-SNE': 't-SNE',
  'PCA turns the cloud so that its widest directions are seen. t-SNE lets points move until close neighbours in the coding are close in the picture, too. It keeps neighbourhoods, not distances.':
    'PCA는 가장 넓게 퍼진 방향이 보이도록 점 구름을 돌립니다. t-SNE는 코딩에서 가까운 이웃이 그림에서도 가까워질 때까지 점을 옮깁니다. 이웃 관계를 지킬 뿐 거리를 지키지는 않습니다.',
  'Show t-SNE': 't-SNE로 보기',
  'Show PCA': 'PCA로 보기',
  'Islands of one colour are classes that the network told apart, though nobody named them. How far two islands lie from each other, and how large they are, means little.':
    '한 색으로 된 섬은 아무도 알려 주지 않았는데 신경망이 구별해 낸 클래스입니다. 섬 사이의 거리나 섬의 크기에는 큰 뜻이 없습니다.',
  // Adversarial
  'Generator against discriminator': '생성자 대 판별자',
  'Two networks learn from each other: the discriminator to tell generated images from real ones, the generator, by the gradients through the discriminator, to be taken for real.':
    '두 신경망이 서로에게서 배웁니다. 판별자는 생성된 이미지를 진짜와 구별하는 법을, 생성자는 판별자를 거쳐 온 그레이디언트로 진짜처럼 보이는 법을 배웁니다.',
  'Let the discriminator run ahead': '판별자를 앞서게 하기',
  'Same pace': '같은 속도로',
  "The discriminator's loss falls towards 0 and the generator's climbs: a judge that is always sure teaches nothing. Back at the same pace both losses wander, and samples get better.":
    '판별자의 손실은 0으로 떨어지고 생성자의 손실은 올라갑니다. 늘 확신하는 심판은 아무것도 가르치지 못합니다. 같은 속도로 돌아오면 두 손실이 오르내리며 샘플이 좋아집니다.',
  'Nash equilibrium': '내시 균형',
  'A Nash equilibrium is where neither side gains by changing alone. Here it is a generator whose images can not be told from real ones, and a discriminator that can only answer one half.':
    '내시 균형은 어느 쪽도 혼자 바꿔서는 이득을 볼 수 없는 상태입니다. 여기서는 진짜와 구별할 수 없는 이미지를 만드는 생성자와, 0.5라고 답할 수밖에 없는 판별자입니다.',
  'Equal strength': '대등하게',
  'Two discriminator steps a turn': '판별자 두 스텝씩',
  'Both scores near the dashed line, and a discriminator loss near 0.69, the logarithm of 2. They circle around it rather than rest: two optimizers chase each other.':
    '두 점수가 점선 가까이, 판별자 손실이 2의 자연로그인 0.69 가까이 옵니다. 멈추기보다는 그 둘레를 맴돕니다. 두 옵티마이저가 서로를 쫓기 때문입니다.',
  'Mode collapse': '모드 붕괴',
  'The generator is only asked to fool the discriminator of this moment. If a few images do, it may draw nothing else: its diversity collapses, until the discriminator learns those, and it moves on to the next.':
    '생성자는 지금의 판별자만 속이면 됩니다. 몇 가지 이미지로 충분하면 다른 것은 그리지 않아 다양성이 무너집니다. 판별자가 그것을 배우면 다음 이미지로 옮겨 갑니다.',
  'Provoke it: 8 generator steps': '일으켜 보기: 생성자 8스텝',
  'Back to taking turns': '번갈아 하기로 되돌리기',
  'Samples at different places become the same picture, and change all together. The losses alone hardly show it: look at the pictures.':
    '서로 다른 자리의 샘플이 같은 그림이 되고, 한꺼번에 바뀝니다. 손실만으로는 거의 알 수 없으니 그림을 보세요.',
  // DCGAN
  'Transposed convolution': '전치 합성곱',
  'It enlarges: each pixel of the small image stamps a whole kernel onto the large one, two pixels apart, and where stamps overlap they add up. With odd kernels some pixels get more stamps than their neighbours.':
    '이미지를 확대합니다. 작은 이미지의 픽셀마다 큰 이미지에 커널을 두 픽셀 간격으로 찍고, 겹치는 곳은 더합니다. 커널이 홀수면 어떤 픽셀은 이웃보다 많이 찍힙니다.',
  'Kernels of 3': '커널 3',
  'Kernels of 4': '커널 4',
  'A fine checkerboard in early samples, which fades as learning evens it out. With 4, which the stride of 2 divides, every pixel gets as many stamps.':
    '초기 샘플에 가는 체커보드 무늬가 보이고, 배우면서 옅어집니다. 4는 스트라이드 2로 나누어떨어지므로 모든 픽셀이 똑같이 찍힙니다.',
  'Batch normalisation': '배치 정규화',
  'It gives each feature map the mean 0 and the variance 1 over the batch, then a learned scale and shift. So layers get inputs of a steady size, and learning is faster. Single images are drawn with running averages.':
    '특성 맵마다 배치 전체에서 평균 0, 분산 1로 맞춘 뒤, 학습된 스케일과 이동을 적용합니다. 층의 입력 크기가 일정해져 더 빨리 배웁니다. 이미지를 하나씩 그릴 때는 이동 평균을 씁니다.',
  'Batches of 4': '배치 4',
  'Averages that follow at once': '바로 따라가는 평균',
  'As it was': '원래대로',
  'Statistics of small batches are noisy: losses jump more. With averages that follow at once, the same samples flicker in contrast from one picture to the next.':
    '작은 배치의 통계는 들쭉날쭉해서 손실이 더 튑니다. 평균이 바로 따라가면 같은 샘플의 명암이 그림마다 깜박입니다.',
  // StyleGAN
  'A few dense layers turn the random numbers z into a style w. Random numbers must fill a ball evenly; styles need not, so that each direction can come to mean one thing.':
    '밀집 층 몇 개가 난수 z를 스타일 w로 바꿉니다. 난수는 공간을 고르게 채워야 하지만 스타일은 그럴 필요가 없어, 방향마다 한 가지 뜻을 가질 수 있습니다.',
  'One layer': '한 층',
  'Eight layers': '여덟 층',
  'Show latents z': '잠재 벡터 z 보기',
  'Show styles w': '스타일 w 보기',
  'Walk between two samples under Try it: after a deeper mapping one property tends to change after the other. In the cloud, z stays as it is and like pictures lie anywhere; w moves, and like pictures gather.':
    '해 보기에서 두 샘플 사이를 오가 보세요. 매핑이 깊으면 특징이 하나씩 바뀌는 경향이 있습니다. 점 구름에서 z는 그대로라 닮은 그림이 여기저기 흩어져 있고, w는 움직이며 닮은 그림끼리 모입니다.',
  AdaIN: 'AdaIN(적응적 인스턴스 정규화)',
  'Adaptive instance normalisation first takes each feature map to mean 0 and variance 1, image by image, then gives it the scale and shift that the style asks for. So a style rules what this layer draws, and nothing of the last one is left.':
    '적응적 인스턴스 정규화는 먼저 이미지마다 특성 맵을 평균 0, 분산 1로 맞추고, 스타일이 정한 스케일과 이동을 적용합니다. 그래서 이 층이 그리는 것은 이 층의 스타일이 다스리고, 앞 층의 스타일은 남지 않습니다.',
  'Styles of 2 numbers': '숫자 2개짜리 스타일',
  'Styles of 64 numbers': '숫자 64개짜리 스타일',
  'The image begins as a learned constant: all that differs comes through styles and noise. With 2 numbers samples differ in few ways, and many look like relatives.':
    '이미지는 학습된 상수에서 시작하므로, 차이는 모두 스타일과 잡음에서 옵니다. 숫자가 2개면 샘플이 몇 가지로만 달라져 서로 닮아 보입니다.',
  'Noise, layer by layer': '층마다 더하는 잡음',
  'After each convolution every pixel gets a random number, scaled by one learned factor a feature map. So the network need not spend its style on things that are chance, such as the grain of a fabric.':
    '합성곱이 끝날 때마다 픽셀에 난수를 더합니다. 크기는 특성 맵마다 학습된 계수 하나로 정합니다. 그래서 옷감의 결처럼 우연한 것에 스타일을 쓰지 않아도 됩니다.',
  'Turn Noise down to 0: the subject stays, fine texture goes. Truncation, beside it, pulls the style towards the mean one: safer images, less diversity.':
    '잡음을 0으로 낮춰 보세요. 대상은 그대로이고 세밀한 질감이 사라집니다. 옆의 절단은 스타일을 평균 쪽으로 당깁니다. 이미지는 무난해지고 다양성은 줄어듭니다.',
  'In training some images get one style for the coarse layers and another for the fine ones. So layers can not count on a common style, and each learns a role of its own.':
    '훈련할 때 일부 이미지는 거친 층과 세밀한 층에 서로 다른 스타일을 받습니다. 층들이 같은 스타일을 쓴다고 기댈 수 없어, 저마다 자기 역할을 배웁니다.',
  'Mix two styles by hand': '두 스타일 직접 섞기',
  'Never mix': '섞지 않기',
  'Mix 9 of 10': '열에 아홉 섞기',
  'Trained with mixing, the coarse style decides what it is, the fine one how it is drawn. Trained without, two styles in one image often quarrel.':
    '섞으며 훈련하면 거친 스타일은 무엇인지를, 세밀한 스타일은 어떻게 그릴지를 정합니다. 섞지 않고 훈련하면 한 이미지 안의 두 스타일이 자주 어긋납니다.',
};
