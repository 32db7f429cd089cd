import type { Messages } from '../format';
import type { PathText } from '../keys/path';

/** The path through pins, and its playhead. */
export const path: Messages<PathText> = {
  'A walk': '걷기',
  'A path': '경로',
  Path: '경로',
  'On the path': '경로 위',
  'Play path': '경로 재생',
  'Pause path': '경로 일시 정지',
  'Add all pins': '모든 핀 넣기',
  'Add to the path': '경로에 넣기',
  'A path leads from pin to pin': '경로는 핀에서 핀으로 이어집니다',
  'Play it, and everyone sees the same picture at the same time. Anyone may stop it, move it, or change its way.':
    '재생하면 모두가 같은 순간에 같은 그림을 봅니다. 누구나 멈추고, 옮기고, 가는 길을 바꿀 수 있습니다.',
  'Its {n} {n|pin is|pins are} of another model, and come back with it.':
    '핀 {n}개는 다른 모델의 것이며 그 모델이 오면 다시 나타납니다.',
  'Make a path of all pins': '모든 핀으로 경로 만들기',
  'Set up an example': '예시 만들기',
  'A path needs two pins or more: press another one below, or this one again.':
    '경로에는 핀이 둘 이상 있어야 합니다. 아래에서 다른 핀을 누르거나 이 핀을 한 번 더 누르세요.',
  '{from} to {to}##path': '{from}에서 {to}{to|으로|로}',
  'Path settings': '경로 설정',
  'Way from pin to pin': '핀 사이의 길',
  'As suits the model': '모델에 맞게',
  Straight: '곧은 선',
  'On the sphere': '구면 위',
  'Through the styles': '스타일을 지나',
  Easing: '가속',
  Even: '고르게',
  Smooth: '부드럽게',
  'With a rest at each pin': '핀마다 쉬면서',
  'At the end of the path': '경로 끝에서',
  'Stop##path': '멈추기',
  'From the first again': '처음부터 다시',
  'Back the same way': '같은 길로 되돌아가기',
  'On to the first': '첫 핀으로 이어가기',
  'Pins on the path': '경로의 핀',
  'Speed##path': '빠르기',
  '{n} s a pin': '핀마다 {n}초',
  Stops: '정류장',
  'Stop {place}, {name}: go there': '정류장 {place}, {name}: 그리로 가기',
  'About stop {place}, {name}': '정류장 {place}, {name}에 대해',
  'Off the path': '경로에서 빼기',
  'Place on the path': '경로 위의 자리',
  // Export
  'Export the path': '경로 내보내기',
  'Once along the path as it is played, drawn by the model as it is now.':
    '재생되는 대로 경로를 한 번 따라가며, 지금의 모델로 그립니다.',
  Format: '형식',
  'Size##export': '크기',
  '{times} times: {width} × {height} pixels': '{times}배: {width} × {height} 픽셀',
  'PNG, one beside the other': 'PNG, 나란히',
  'Pictures a second': '초당 그림',
  // Refusals
  'Unknown entry of the path: {name}': '알 수 없는 경로 항목: {name}',
  'A stop of the path has a number that orders it': '경로의 정류장에는 순서를 정하는 숫자가 있어야 합니다',
  'The path has a wrong {name}': '경로 항목 {name}에 문제가 있습니다',
  'A path has at most {most} stops': '경로의 정류장은 {most}개까지입니다',
  'Unknown entry of the playhead: {name}': '알 수 없는 재생 위치 항목: {name}',
  'A playhead has a position, a speed and when it was there':
    '재생 위치에는 자리, 빠르기, 그 자리에 있던 때가 있어야 합니다',
};
