import type { Messages } from '../format';
import type { VaeText } from '../keys/vae';

/** The variational autoencoder: hyperparameters, presets, what one reads of it, and the card on the KL term. */
export const vae: Messages<VaeText> = {
  'Variational autoencoder': '변이형 오토인코더',
  'Codes each image as a cloud of numbers around zero, so that it can draw new ones from noise.':
    '이미지마다 0 둘레의 숫자 구름으로 코딩합니다. 그래서 잡음에서 새 이미지를 그릴 수 있습니다.',
  'KL weight': 'KL 가중치',
  'How many numbers the bottleneck may use for each image. With 2 or 3 the cloud shows all of them: a filled disc or ball.':
    '병목이 이미지마다 쓸 수 있는 숫자의 개수입니다. 2나 3이면 구름에 모두 보입니다. 속이 찬 원판이나 공이 됩니다.',
  'How strongly codings are pulled into one cloud around zero. At 0 nothing pulls; far above 1 all that tells images apart is lost.':
    '코딩을 0 둘레의 한 구름으로 얼마나 세게 끌어당길지 정합니다. 0이면 당기지 않고, 1보다 훨씬 크면 이미지를 구별하는 것이 모두 사라집니다.',
  'A coding of 3': '코딩 크기 3',
  'A KL weight of 0': 'KL 가중치 0',
  'Posterior collapse': '사후 분포 붕괴',
  'Noise becomes shapes: what it draws of random numbers is seen beside what it draws again.':
    '잡음이 모양이 됩니다. 난수로 그린 것과 다시 그린 것을 나란히 봅니다.',
  'Clothes as draws from 10 normal distributions each, pulled together by the KL term.':
    '옷 사진마다 정규 분포 10개에서 뽑고, KL 항이 이들을 끌어모읍니다.',
  'One small layer a side and Adam: samples take shape within a few hundred steps.':
    '양쪽에 작은 층 하나씩과 Adam. 몇백 스텝이면 샘플이 모양을 갖춥니다.',
  'Wide layers and 32 numbers, of which it uses as many as pay for themselves.':
    '넓은 층과 숫자 32개. 그중 값어치를 하는 것만 씁니다.',
  'All that it knows lies on a disc without holes: every place of it draws something.':
    '아는 것이 모두 빈틈없는 원판 위에 놓입니다. 어느 자리에서나 무언가를 그립니다.',
  'The cloud is a ball, filled by all images, and each kind has its region of it.':
    '구름은 모든 이미지로 채워진 공이고, 종류마다 자기 자리가 있습니다.',
  'Reconstructions are sharp, samples are not: codings lie anywhere but where noise is drawn.':
    '재구성은 또렷하지만 샘플은 그렇지 않습니다. 코딩이 잡음이 뽑히는 곳이 아닌 데에 흩어져 있습니다.',
  'Far too large a KL weight: codings say nothing any more, and every picture is the mean of all.':
    'KL 가중치가 지나치게 큽니다. 코딩이 더는 아무것도 말하지 않고, 모든 그림이 전체의 평균이 됩니다.',
  'Press Train, and watch a network learn to draw, and to invent.':
    '훈련을 눌러 신경망이 그리고 지어내는 법을 배우는 모습을 보세요.',
  'A draw, not a number': '숫자가 아니라 뽑기',
  'Each picture becomes a small cloud: a mean and a spread for every number of its coding. What is drawn of it must look right from anywhere within.':
    '그림마다 작은 구름이 됩니다. 코딩의 숫자마다 평균과 퍼짐이 있고, 그 안 어디에서 그려도 그럴듯해야 합니다.',
  'New ones from noise': '잡음에서 새 그림',
  'All these clouds are pulled towards the same ball around zero, until they fill it. Then any place in it can be drawn: samples are pictures that nobody gave.':
    '이 구름들은 모두 0 둘레의 같은 공으로 끌려가 그 공을 채웁니다. 그러면 그 안 어느 자리든 그릴 수 있습니다. 샘플은 아무도 준 적 없는 그림입니다.',
  'Means and spreads of the codings of images.': '이미지 코딩의 평균과 퍼짐.',
  'Images of codings; of normal noise, new ones.': '코딩의 이미지. 정규 잡음이면 새 이미지.',
  'KL term and posterior collapse': 'KL 항과 사후 분포 붕괴',
  'The encoder gives each number of a coding a mean and a spread. The KL divergence says how far these are from a standard normal, and its weight what that costs. A number pays with bits for what it tells.':
    '인코더는 코딩의 숫자마다 평균과 퍼짐을 줍니다. KL 발산은 이것이 표준 정규 분포에서 얼마나 먼지, 가중치는 그 값이 얼마인지를 말합니다. 숫자는 말해 주는 만큼 값을 치릅니다.',
  'No KL term': 'KL 항 없이',
  'Weight 1': '가중치 1',
  'Far too much: 50': '지나치게: 50',
  'At 0 the cloud spreads, and samples fall into its holes. At 50 the divergence goes to 0: the posterior has collapsed, the decoder draws one mean picture. Between them the cloud fills a ball.':
    '0이면 구름이 퍼지고 샘플은 빈 곳에 떨어집니다. 50이면 발산이 0이 됩니다. 사후 분포가 무너져 디코더가 평균 그림 하나만 그립니다. 그 사이에서는 구름이 공을 채웁니다.',
};
