import type { Messages } from '../format';
import type { PageText } from '../keys/page';

/** The frame of the page: bar, dialogs' frame, transport. */
export const page: Messages<PageText> = {
  // The bar
  'Recipe panel': '레시피 패널',
  'People panel': '참여자 패널',
  Share: '공유',
  Files: '파일',
  Title: '제목',
  '{name} is writing': '{name} 님이 입력 중',
  'Make my change now': '지금 내 변경 적용',
  'Untitled playground': '이름 없는 놀이터',
  'Theme: system': '테마: 시스템 설정',
  'Theme: light': '테마: 밝게',
  'Theme: dark': '테마: 어둡게',
  'New playground': '새 놀이터',
  'a friend': '친구',
  // In its place
  'This link opens no playground': '이 링크로 열 수 있는 놀이터가 없습니다',
  'Perhaps a character was lost when it was copied. Ask for the link again, or open a room of your own.':
    '복사하다가 글자가 빠졌을지도 모릅니다. 링크를 다시 받거나 새 놀이터를 여세요.',
  'This page broke': '페이지에 문제가 생겼습니다',
  'The playground itself is safe on the server. Load the page again to go on where you were.':
    '놀이터는 서버에 안전하게 있습니다. 페이지를 다시 불러오면 하던 곳에서 이어집니다.',
  'Load again': '다시 불러오기',
  // Controls' frame
  Close: '닫기',
  Help: '도움말',
  // Transport
  Transport: '훈련 조작',
  Train: '훈련',
  Pause: '일시 정지',
  Resume: '계속',
  Step: '스텝',
  Stop: '중지',
  Reset: '초기화',
  Continue: '이어서',
  'Train afresh': '새로 훈련',
  Afresh: '새로',
  'What these buttons do': '버튼 설명',
  'Train a fresh model with this recipe': '이 레시피로 새 모델을 훈련합니다',
  'Train a fresh model with this recipe; the present run is kept as an earlier one':
    '이 레시피로 새 모델을 훈련합니다. 지금 실행은 이전 실행으로 남습니다',
  'Go on training from where the run stands; if all epochs are done, for as many again':
    '멈춘 곳에서 훈련을 이어 갑니다. 에포크를 다 마쳤으면 같은 수만큼 더 훈련합니다',
  'Hold the training where it is': '훈련을 잠시 멈춥니다',
  'Go on training': '훈련을 이어 갑니다',
  'Take one training step': '훈련 스텝을 한 번 진행합니다',
  'End this training; it can go on later': '훈련을 끝냅니다. 나중에 이어 갈 수 있습니다',
  'Put this training aside and begin with an empty stage; it is kept and can be brought back':
    '이 훈련을 옆으로 치우고 빈 무대에서 시작합니다. 훈련은 남아 있어 되돌릴 수 있습니다',
  // The way to the server
  'The server doesn’t know this address': '서버가 이 주소를 모릅니다',
  'You opened {address}, but a proxy in between tells the server another name, so it takes this page for another site’s. Whoever runs the server can let the proxy pass the header Host on, or start it with {setting}.':
    '{address} 주소로 열었지만 중간의 프록시가 서버에 다른 이름을 알려 주어, 서버는 이 페이지를 다른 사이트의 것으로 봅니다. 서버 운영자는 프록시가 Host 헤더를 그대로 전달하게 하거나 {setting} 설정으로 서버를 시작하면 됩니다.',
  'Nothing live comes through': '실시간 연결이 통하지 않습니다',
  'The server answers, but the line that everything live needs (a WebSocket) can’t be opened. If a proxy stands in between, it must pass WebSocket upgrades on; some company networks forbid them.':
    '서버는 응답하지만 실시간 화면에 필요한 연결(WebSocket)을 열 수 없습니다. 중간에 프록시가 있다면 WebSocket 업그레이드를 전달해야 합니다. 회사 네트워크에 따라 막혀 있기도 합니다.',
  // The home page
  'Where you have been': '다녀온 놀이터',
  'Forget {title}': '{title} 잊기',
  'To the first page': '첫 페이지로',
  'One link.': '링크 하나.',
  'One model.': '모델 하나.',
  'Many hands.': '여럿이 함께.',
  'Colatent is a shared room around a generative model. Turn its knobs together, teach it, and see, live, how noise becomes order.':
    'Colatent는 생성 모델 하나를 둘러싼 공동의 방입니다. 함께 값을 조절하고 가르치면서, 잡음이 질서가 되는 모습을 실시간으로 보세요.',
  'No account. Whoever has the link is in.': '계정은 필요 없습니다. 링크만 있으면 들어옵니다.',
  'Tune it': '조절하기',
  'Every slider moves on all screens at once, with the name of whoever moves it.':
    '슬라이더는 모든 화면에서 동시에 움직이고, 움직이는 사람의 이름이 함께 보입니다.',
  'Watch it learn': '배우는 모습 보기',
  'Curves, pictures and a 3D map of what the model knows, drawn live for all.':
    '학습 곡선과 그림, 모델이 아는 것의 3D 지도가 모두에게 실시간으로 그려집니다.',
  'Keep the link': '링크 간직하기',
  'Leave, come back, join late: the room and its whole history are still there.':
    '나갔다 돌아와도, 늦게 들어와도 방과 그 모든 기록이 그대로 있습니다.',
};
