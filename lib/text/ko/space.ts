import type { Messages } from '../format';
import type { SpaceText } from '../keys/space';

/** How codings become points, and the view of them. */
export const space: Messages<SpaceText> = {
  // What points are made from, and what each stands for.
  Points: '점',
  'What the points are made from.': '점을 무엇으로 만드는지 정합니다.',
  Layer: '층',
  'Whose hidden states are shown.': '어느 층의 은닉 상태를 보여 줄지 정합니다.',
  Last: '마지막',
  '1': '1',
  '2': '2',
  '3': '3',
  'What the encoder makes of validation images: all that the decoder gets to know of them.':
    '인코더가 검증 이미지를 줄인 것으로, 디코더가 이미지에 대해 아는 전부입니다.',
  'What the last layer of the discriminator sees of real images.':
    '판별자의 마지막 층이 실제 이미지에서 보는 것입니다.',
  'Latents z': '잠재 벡터 z',
  'Random numbers that stay the same throughout a run. What the generator draws of them changes.':
    '실행 내내 바뀌지 않는 난수입니다. 생성자가 여기서 그리는 그림이 달라집니다.',
  'Styles w': '스타일 w',
  'What the mapping network makes of the same random numbers: it moves as it learns.':
    '매핑 네트워크가 같은 난수로 만든 것입니다. 배우는 동안 움직입니다.',
  'Hidden states': '은닉 상태',
  'What a recurrent layer remembers after each character of the validation text.':
    '순환 층이 검증 텍스트를 한 글자씩 읽을 때마다 기억하는 것입니다.',
  Vowel: '모음',
  Consonant: '자음',
  'Other letter': '다른 글자',
  Capital: '대문자',
  Digit: '숫자',
  Space: '공백',
  'Line break': '줄 바꿈',
  Punctuation: '문장 부호',
  'Other character': '다른 문자',
  // How many points
  'Number of points': '점의 수',
  'At most; a cloud has no more than there are images or characters, and fewer where the network is slow: some 500 for convolutions. Many take longer.':
    '최대 개수입니다. 이미지나 글자보다 많은 점은 없고, 느린 네트워크에서는 더 적습니다(합성곱은 500개 정도). 많을수록 오래 걸립니다.',
  'So many points take some seconds before they move, and longer for each iteration.':
    '점이 이렇게 많으면 움직이기까지 몇 초가 걸리고 반복마다 더 오래 걸립니다.',
  '500': '500',
  '1,000': '1,000',
  '2,000': '2,000',
  '5,000': '5,000',
  '10,000': '10,000',
  // Projection
  Projection: '투영',
  'How the many numbers of a coding become two or three.':
    '코딩의 많은 숫자를 둘이나 셋으로 줄이는 방법입니다.',
  PCA: 'PCA',
  UMAP: 'UMAP',
  Dimensions: '차원',
  'A plane is easier to read, space has more room for neighbours.':
    '평면은 읽기 쉽고, 공간에는 이웃이 들어설 자리가 더 많습니다.',
  '3D': '3D',
  '2D': '2D',
  Motion: '움직임',
  'Whether the points go on moving to better places, and follow the training.':
    '점들이 더 나은 자리로 계속 움직이며 훈련을 따라갈지 정합니다.',
  'In motion': '움직이는 중',
  'Held still': '멈춤',
  Perplexity: '퍼플렉서티',
  'About how many neighbours a point heeds: few show small groups, many the large picture.':
    '점 하나가 살피는 이웃의 수입니다. 적으면 작은 무리가, 많으면 큰 그림이 보입니다.',
  neighbours: '개 이웃',
  't-SNE learning rate': 't-SNE 학습률',
  'How far points move at a time: too little and they stick together, too much and they scatter. 0 chooses by the number of points.':
    '점이 한 번에 움직이는 정도입니다. 너무 작으면 뭉치고 너무 크면 흩어집니다. 0이면 점의 수에 따라 정합니다.',
  'Early exaggeration': '초기 과장',
  'How much stronger neighbours attract each other in the first 250 iterations, so that groups find together.':
    '처음 250번 반복하는 동안 이웃끼리 얼마나 더 강하게 끌어당길지 정합니다. 덕분에 무리가 모입니다.',
  '×': '배',
  Neighbours: '이웃',
  'How many points count as near: few show fine structure, many the large picture.':
    '가깝다고 볼 점의 수입니다. 적으면 세밀한 구조가, 많으면 큰 그림이 보입니다.',
  points: '개 점',
  'Least distance': '최소 거리',
  'How tightly neighbours may lie together.': '이웃이 얼마나 바짝 붙을 수 있는지 정합니다.',
  // Methods
  'Looks at the cloud from where it spreads the most. Keeps distances between far points.':
    '점 구름이 가장 넓게 퍼진 쪽에서 바라봅니다. 먼 점들 사이의 거리가 유지됩니다.',
  'Keeps neighbours together and pushes all others apart. Distances between groups mean little.':
    '이웃은 모으고 나머지는 밀어냅니다. 무리 사이의 거리에는 큰 의미가 없습니다.',
  'Keeps neighbours together, and more of how groups lie to each other.':
    '이웃을 모으면서 무리끼리의 위치 관계도 더 잘 유지합니다.',
  // The view
  '{method}, finding neighbours': '{method}, 이웃 찾는 중',
  '{method}, {n} {n|iteration|iterations}': '{method}, {n}회 반복',
  Settings: '설정',
  'Settings of the cloud': '점 구름 설정',
  'Let points move': '점 움직이기',
  'Hold points still': '점 멈추기',
  'Coloured by': '색의 기준',
  Class: '클래스',
  'What each point belongs to.': '각 점이 속한 클래스입니다.',
  'How badly the model does each point: the higher, the worse.':
    '모델이 각 점을 얼마나 못 다루는지 나타냅니다. 높을수록 나쁩니다.',
  'How real the discriminator finds each point: 0 generated, 1 real.':
    '판별자가 각 점을 얼마나 진짜로 보는지 나타냅니다. 0은 생성, 1은 진짜입니다.',
  'Where in the text each point lies, from its beginning to its end.':
    '각 점이 텍스트의 처음부터 끝까지 어디에 있는지 나타냅니다.',
  Movement: '움직임',
  'How far each point has moved in the last frames, against the radius of the cloud.':
    '최근 프레임에서 각 점이 움직인 거리를 점 구름의 반지름과 견준 값입니다.',
  '% of the radius': '반지름의 %',
  'Scale of the colours': '색의 눈금',
  'Search the cloud': '점 구름에서 찾기',
  'Class or number': '클래스 또는 번호',
  'Kept views': '보관한 시점',
  'Keep this view': '이 시점 보관',
  'Forget view {n}': '시점 {n} 지우기',
  'Image {n}': '이미지 {n}',
  'Nearest points': '가장 가까운 점',
  'Show these alone': '이 점들만 보기',
  'Latent {n}': '잠재 벡터 {n}',
  'Character {n}': '글자 {n}',
  'Character or word': '글자 또는 단어',
  'Drawn after step {step}': '{step} 스텝 뒤에 그림',
  '{percent} % real for the discriminator': '판별자가 보기에 {percent}% 진짜',
  '{loss} nats for the next character': '다음 글자의 손실 {loss} 내트',
  'Error map': '오차 지도',
};
