/** Recipe, people, notices, dialogs. */

const recipe = {
  Recipe: '레시피',
  Undo: '실행 취소',
  Redo: '다시 실행',
  Model: '모델',
  'What to train. Every model keeps its own data set and settings: come back, and all is as you left it.':
    '훈련할 모델입니다. 모델마다 데이터셋과 설정을 따로 간직하므로, 돌아오면 그대로 있습니다.',
  'Data set': '데이터셋',
  'Back to default': '기본값으로',
  '{min} to {max}': '{min}~{max}',
  'Add layer': '층 추가',
  'Remove layer {place}': '{place}번 층 제거',
  Remove: '제거',
  'Not a valid value': '쓸 수 없는 값입니다',
  'Is this meant?': '이 값이 맞나요?',
  'acts at once': '바로 적용',
  'takes effect with the next run': '다음 실행부터 적용됨',
  'next run only': '다음 실행부터',
  'raise them to go on': '늘리면 이어서 훈련',
  Cost: '비용',
  'Estimated from the recipe alone: what training changes, keeps in memory and computes in one step. The speed is that of this server, and more certain once this model has trained.':
    '레시피만으로 추정한 값입니다. 훈련이 바꾸는 파라미터, 필요한 메모리, 한 스텝의 계산량을 나타냅니다. 속도는 이 서버 기준이며, 이 모델을 훈련하고 나면 더 정확해집니다.',
  '{n} {n|parameter|parameters}': '파라미터 {n}개',
  '{flops} a step': '스텝당 {flops}',
  'about {speed} steps/s': '초당 약 {speed} 스텝',
} as const;

const people = {
  People: '참여자',
  'Only you so far. Send the link to somebody.': '아직 혼자입니다. 누군가에게 링크를 보내 보세요.',
  'Your name': '내 이름',
  you: '나',
  'in {places} tabs': '탭 {places}개',
  Activity: '활동',
  'came in': '님이 들어왔습니다',
  'and {n} {n|other|others} came in': '님 외 {n}명이 들어왔습니다',
  'started training': '님이 훈련을 시작했습니다',
  paused: '님이 일시 정지했습니다',
  resumed: '님이 훈련을 이어 갔습니다',
  'took one step': '님이 한 스텝 진행했습니다',
  stopped: '님이 중지했습니다',
  'reset the run': '님이 실행을 초기화했습니다',
  'brought the run back': '님이 실행을 되돌렸습니다',
  'Bring that run back': '그 실행 되돌리기',
  'Bring back': '되돌리기',
  '{name} reset the run at step {step}. It is kept.':
    '{name} 님이 {step} 스텝에서 실행을 초기화했습니다. 실행은 남아 있습니다.',
  'chose {preset}': '님이 {preset}{preset|을|를} 골랐습니다',
  'chose {preset} of {model}': '님이 {model}의 {preset}{preset|을|를} 골랐습니다',
  'took back {preset}': '님이 {preset} 선택을 되돌렸습니다',
  'at step {step}': '({step} 스텝)',
  'set {label} from {from} to {to}': '님이 {label} 값을 {from}에서 {to}{to|으로|로} 바꿨습니다',
  'brought the generator {name}': '님이 생성자 {name}{name|을|를} 가져왔습니다',
  'removed the generator {name}': '님이 생성자 {name}{name|을|를} 제거했습니다',
} as const;

const notices = {
  Dismiss: '닫기',
  'There is a newer version': '새 버전이 있습니다',
  'This playground is full': '놀이터가 가득 찼습니다',
  'The server refused this page': '서버가 이 페이지를 거부했습니다',
  'Load the new version': '새 버전 불러오기',
  'Try again': '다시 시도',
  Connection: '연결',
  Connecting: '연결 중',
  Connected: '연결됨',
  Saving: '저장 중',
  'No answer': '응답 없음',
  'Without connection': '연결 끊김',
  'The server is not heard': '서버의 응답이 없습니다',
  'You are offline': '오프라인입니다',
  'as of {age} ago': '{age} 전 모습',
  '{n} s': '{n}초',
  '{n} min': '{n}분',
  '{n} h': '{n}시간',
  'Your changes wait on this page and are sent when the connection is back. Keep it open.':
    '변경한 내용은 이 페이지에 남아 있다가 다시 연결되면 전송됩니다. 페이지를 닫지 마세요.',
  'You can go on changing the recipe: it is sent when the connection is back.':
    '레시피는 계속 바꿀 수 있습니다. 다시 연결되면 전송됩니다.',
  'A training goes on without you.': '훈련은 서버에서 계속됩니다.',
  Reconnecting: '다시 연결 중',
  Offline: '오프라인',
  Disconnected: '연결 끊김',
  'Waiting for a free worker: place {place} in the queue.': '빈 작업자를 기다리는 중: 대기 순서 {place}번',
  '{done} of {total}': '{done} / {total}',
  bytes: '바이트',
  'Use {name} instead': '{name} 데이터셋으로 훈련',
} as const;

const dialogs = {
  'Invite people': '초대하기',
  'Whoever has this link can see, tune and train with you. No account is needed.':
    '이 링크가 있으면 누구나 함께 보고, 조절하고, 훈련할 수 있습니다. 계정은 필요 없습니다.',
  'This address works on this computer only. For others, open the page by the address that this computer has in your network; starting the server with {setting} lets them in.':
    '이 주소는 이 컴퓨터에서만 열립니다. 다른 사람과 쓰려면 네트워크에서 이 컴퓨터가 가진 주소로 페이지를 여세요. 서버를 {setting}{setting|으로|로} 시작하면 들어올 수 있습니다.',
  Link: '링크',
  Copied: '복사됨',
  'Copy link': '링크 복사',
  'QR code of the link': '링크의 QR 코드',
  'Once a training has begun, its model can be taken away from here: as ONNX, which runs anywhere, and as safetensors.':
    '훈련을 시작하면 여기서 모델을 내려받을 수 있습니다. 어디서나 실행되는 ONNX와 safetensors 형식입니다.',
  'Take the model away': '모델 내려받기',
  'How real the discriminator finds images.': '판별자가 이미지를 얼마나 진짜로 보는지.',
  "What the discriminator's last layer sees of images.": '판별자의 마지막 층이 이미지에서 보는 것.',
  'Codings of images.': '이미지의 코딩.',
  'Images of codings.': '코딩의 이미지.',
  'Images through the coding and back.': '코딩을 거쳐 되돌아온 이미지.',
  'Characters that go on from a prompt, one after the other.': '프롬프트에 이어지는 글자를 하나씩.',
  'Images of latents.': '잠재 벡터의 이미지.',
  'Images of latents, with truncation and noise.': '잠재 벡터의 이미지(절단과 잡음 포함).',
  'Images of two latents, their styles blended layer by layer.':
    '두 잠재 벡터의 스타일을 층마다 섞은 이미지.',
  'Styles of latents.': '잠재 벡터의 스타일.',
  'Images of one style a layer.': '층마다 스타일 하나로 만든 이미지.',
  'All weights by name, for any framework.': '이름이 붙은 모든 가중치. 어느 프레임워크에서나 씁니다.',
} as const;

const progress = {
  Progress: '진행',
  Ready: '준비됨',
  Queued: '대기 중',
  Paused: '일시 정지됨',
  Finished: '완료',
  Stopped: '중지됨',
  Failed: '실패',
  Epoch: '에포크',
  'Steps a second': '초당 스텝',
  'Time left': '남은 시간',
  'Peak memory': '최대 메모리',
  'Computed by': '실행기',
} as const;

const frame = {
  Time: '시간',
  Panels: '패널',
  'The learning curve is drawn here, with a mark and a name wherever somebody changes something.':
    '여기에 학습 곡선이 그려집니다. 누가 무언가를 바꾸면 그 자리에 이름과 표시가 남습니다.',
} as const;

export const panels = { ...recipe, ...people, ...notices, ...dialogs, ...progress, ...frame } as const;
