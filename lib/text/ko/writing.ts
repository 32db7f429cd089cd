import type { Messages } from '../format';
import type { WritingText } from '../keys/writing';

/** Texts of a text model: what it writes, what else it might have written, what its units do. */
export const writing: Messages<WritingText> = {
  Expected: '예상대로',
  surprising: '뜻밖',
  'Temperature {temperature}': '온도 {temperature}',
  'Text at temperature {temperature}': '온도 {temperature}의 텍스트',
  'Written text at temperature {temperature}': '온도 {temperature}로 쓴 글',
  'Side by side': '나란히 보기',
  Write: '쓰기',
  'Write again': '다시 쓰기',
  'Stop writing': '그만 쓰기',
  Prompt: '첫머리',
  'A beginning, or nothing': '첫머리, 비워 두어도 됩니다',
  Characters: '글자 수',
  'Choose among': '고를 후보',
  'all##characters': '모두',
  '{n} likeliest': '상위 {n}개',
  'Stop at': '멈출 곳',
  Nothing: '없음',
  'End of a line': '줄 끝',
  'A blank line': '빈 줄',
  'A full stop': '마침표',
  'Give it a beginning and press Write: all here see what comes of it. A low temperature makes it careful, a high one bold; the tint shows where it took a risk.':
    '첫머리를 주고 쓰기를 누르세요. 여기 있는 모두가 결과를 봅니다. 온도가 낮으면 신중하게, 높으면 과감하게 씁니다. 색은 모험한 곳을 보여 줍니다.',
  '{name} asked': '{name} 님이 요청',
  // What else might stand there
  'Likeliest here': '여기에 올 만한 글자',
  '{character}, {percent}: go on with it': '{character}, {percent}: 이 글자로 이어 쓰기',
  '{written}. Likeliest: {best}. Press 1 to 5 to go on with another.':
    '{written}. 올 만한 글자: {best}. 1에서 5를 누르면 다른 글자로 이어 씁니다.',
  Branches: '갈래',
  '{character} at {place}': '{place}번째 {character}',
  'instead of {character}': '{character} 대신',
  // Its loss
  'Loss (nats)': '손실 (내트)',
  Curves: '곡선',
  'Loss (bits)': '손실 (비트)',
  'Bits a character': '글자당 비트',
  // What its units do
  Units: '유닛',
  'Text by activation': '활성값으로 칠한 텍스트',
  'Each unit of the network follows something in the text. Once it trains, you can see what.':
    '신경망의 유닛은 저마다 텍스트에서 무언가를 따라갑니다. 훈련이 시작되면 무엇인지 볼 수 있습니다.',
  'All units of the layer over the text': '텍스트에 대한 층의 모든 유닛',
  'Unit by rank': '순위별 유닛',
  'Unit {unit}': '{unit}번 유닛',
  'varies by {score}': '분산 {score}',
  'correlates by {score}': '상관계수 {score}',
  'Text kept aside': '따로 둔 텍스트',
  'What it wrote': '모델이 쓴 글',
  'Own text': '직접 입력',
  'Place in the line': '줄 안의 위치',
  'Place in the word': '단어 안의 위치',
  "Speakers' names": '배역 이름',
  'Inside quotes': '따옴표 안',
  'How much they vary': '변화의 크기',
  'Units by': '유닛 순서',
  'Find the unit that counts the line': '줄 길이를 세는 유닛 찾기',
  'A text for it to read': '읽을 텍스트',
};
