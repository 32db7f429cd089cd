import type { Messages } from '../format';
import type { ShortcutsText } from '../keys/shortcuts';

/** The list of keyboard shortcuts. */
export const shortcuts: Messages<ShortcutsText> = {
  'Keyboard shortcuts': '키보드 단축키',
  'Most act where the focus is: press Tab to get there.':
    '대부분 포커스가 있는 곳에서 동작합니다. Tab 키로 옮겨 가세요.',
  Everywhere: '어디서나',
  'Take back your last change': '내 마지막 변경 취소',
  'Make it again': '다시 실행',
  'Show this list': '이 목록 보기',
  'Close what is open': '열린 것 닫기',
  'A number': '숫자',
  'A small step': '조금 바꾸기',
  'A large step': '크게 바꾸기',
  'Give up what was typed': '입력하던 값 버리기',
  'A moment back, a moment on': '이전 순간, 다음 순간',
  'The first moment, live': '첫 순간, 현재',
  'Play and hold': '재생과 멈춤',
  'A cloud': '구름',
  'Turn it': '돌리기',
  'Come nearer, go away': '가까이, 멀리',
  Pictures: '그림',
  'The picture before, the next one': '이전 그림, 다음 그림',
  'Leave it': '나가기',
  'A written text': '써진 텍스트',
  'The character before, the next one': '이전 글자, 다음 글자',
  'The first character, the last one': '첫 글자, 마지막 글자',
  'Go on with another character': '다른 글자로 이어 가기',
  'A coding': '코딩',
  'The number before, the next one': '이전 숫자, 다음 숫자',
  'Network diagram': '신경망 그림',
  'Wider, narrower': '넓게, 좁게',
  'Remove the layer': '층 제거',
  'The stage before, the next one': '이전 단계, 다음 단계',
};
