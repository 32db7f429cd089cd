import type { Messages } from '../format';
import type { PinsText } from '../keys/pins';

/** The shelf of kept latents. */
export const pins: Messages<PinsText> = {
  Pins: '핀',
  Keep: '간직하기',
  'Keep it for everyone, as a pin': '모두를 위해 핀으로 간직합니다',
  'The shelf is full: it has room for {most} pins': '선반이 가득 찼습니다. 핀은 {most}개까지입니다',
  'Pin {place}': '핀 {place}',
  '{name}, kept by {by} at step {step}': '{name}, {by} 님이 {step} 스텝에 간직함',
  'Kept by {by} at step {step}': '{by} 님이 {step} 스텝에 간직함',
  'Kept of another model, with {count} {count|number|numbers}. It is drawn again when that model is here.':
    '숫자 {count}개짜리 다른 모델에서 간직했습니다. 그 모델이 다시 오면 그립니다.',
  'Name##pin': '이름',
  'To the left': '왼쪽으로',
  'To the right': '오른쪽으로',
  Duplicate: '복제',
  'Begin here': '여기서 시작',
  'End here': '여기서 끝',
  'Go to this coding': '이 코딩으로 가기',
  // Refusals
  'expected a seed from {min} to {max}, or a pin': '{min}~{max}의 시드나 핀이어야 합니다',
  'A playground keeps at most {most} pins. Remove one first':
    '놀이터에 간직하는 핀은 {most}개까지입니다. 먼저 하나를 지우세요',
  'A pin keeps 1 to {most} numbers, got {count}': '핀에는 숫자 1~{most}개를 간직하는데 {count}개입니다',
  'The numbers of a pin must be finite': '핀의 숫자는 유한해야 합니다',
  'A pin has an id of letters and digits': '핀의 식별자는 글자와 숫자여야 합니다',
  'A pin has a wrong {name}: {reason}': '핀 항목 {name}에 문제가 있습니다: {reason}',
  'A pin blends two latents of one size, got {size} and {other} numbers':
    '핀은 크기가 같은 잠재 벡터 둘을 섞는데 숫자가 {size}개와 {other}개입니다',
  'The shares of a pin must be numbers from 0 to 1': '핀의 비율은 0~1이어야 합니다',
};
