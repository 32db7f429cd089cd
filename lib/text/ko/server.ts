import type { Messages } from '../format';
import type { ServerText } from '../keys/server';

/** What the server and the catalog's checks say. */
export const server: Messages<ServerText> = {
  // Refusals of the room
  'Join a playground first': '먼저 놀이터에 들어오세요',
  'This link does not let you do that here': '이 링크로는 여기서 그것을 할 수 없습니다',
  'Nobody has brought a generator into this playground': '이 놀이터에 가져온 생성자가 없습니다',
  'The file did not arrive whole. Try again': '파일이 온전히 도착하지 않았습니다. 다시 시도하세요',
  'The file of this generator is gone. Bring it again': '이 생성자의 파일이 없어졌습니다. 다시 가져오세요',
  'The server is closing this playground. Reload the page':
    '서버가 이 놀이터를 닫고 있습니다. 페이지를 새로 고치세요',
  'There is nothing to sample yet. Press Train first': '아직 샘플링할 것이 없습니다. 먼저 훈련을 누르세요',
  'This page and the server have different versions. Reload the page':
    '페이지와 서버의 버전이 다릅니다. 페이지를 새로 고치세요',
  'This playground has no generator of its own': '이 놀이터에는 가져온 생성자가 없습니다',
  'This playground is gone': '이 놀이터는 없어졌습니다',
  'Too many files at once. Wait a moment': '파일이 한꺼번에 너무 많습니다. 잠시 기다리세요',
  'No control has that name': '그런 이름의 컨트롤이 없습니다',
  '{name} holds this now. It is free once they let go':
    '지금 {name} 님이 잡고 있습니다. 놓으면 바꿀 수 있습니다',
  '{name} holds what you have changed. Your change waits until they let go':
    '바꾼 것을 지금 {name} 님이 잡고 있습니다. 놓을 때까지 변경을 보관합니다',
  'You held this for long without moving it, and lost it. Let go and take it again':
    '오래 움직이지 않아 놓쳤습니다. 놓았다가 다시 잡으세요',
  'Too much at once. Wait a moment': '요청이 한꺼번에 너무 많습니다. 잠시 기다리세요',
  'This playground is full: {people} people are here': '놀이터가 가득 찼습니다. {people}명이 들어와 있습니다',
  'The server could not do this. Try again': '서버가 처리하지 못했습니다. 다시 시도하세요',
  'The server can not read this playground now': '서버가 지금 이 놀이터를 읽지 못합니다',
  'The server was restarted. Resume goes on from the last checkpoint':
    '서버가 다시 시작되었습니다. 계속을 누르면 마지막 체크포인트에서 이어집니다',
  'Finished after {steps} {steps|step|steps}': '{steps} 스텝 만에 완료',
  '"{command}" is not possible before the first run':
    '첫 실행 전에는 "{command}"{command|을|를} 쓸 수 없습니다',
  '"{command}" is not possible while the run is {state}':
    '실행이 {state} 상태일 때는 "{command}"{command|을|를} 쓸 수 없습니다',
  "This run's weights are gone. Press Train to begin anew":
    '이 실행의 가중치가 없어졌습니다. 훈련을 눌러 새로 시작하세요',
  'All {epochs} epochs are done. Raise Epochs, and it goes on':
    '에포크 {epochs}회를 모두 마쳤습니다. 에포크를 늘리면 이어집니다',
  'This playground no longer keeps that run': '이 놀이터에 그 실행은 더 남아 있지 않습니다',
  'The run goes on. Try again': '실행이 이어지고 있습니다. 다시 시도하세요',
  'This run kept no weights. Press Train to begin anew':
    '이 실행에는 남은 가중치가 없습니다. 훈련을 눌러 새로 시작하세요',
  'The run has not begun yet: there is nothing to sample': '실행이 아직 시작되지 않아 샘플링할 것이 없습니다',
  'This playground has no such run': '이 놀이터에는 그런 실행이 없습니다',
  'The server failed. Try again': '서버에 문제가 생겼습니다. 다시 시도하세요',
  'Too many new playgrounds at once. Wait a moment':
    '새 놀이터를 한꺼번에 너무 많이 만들었습니다. 잠시 기다리세요',
  'A title has at most {most} characters': '제목은 {most}글자까지입니다',
  'A name has at most {most} characters': '이름은 {most}글자까지입니다',
  'A text has at most {most} characters': '텍스트는 {most}글자까지입니다',
  'A prompt has at most {most} characters': '프롬프트는 {most}글자까지입니다',
  // Own data
  '{name} has {size}; a text has at most {most}': '{name}의 크기는 {size}입니다. 텍스트는 {most}까지입니다',
  // What this page itself says about the connection
  'Your last change could not be kept: {reason}.': '마지막 변경을 저장하지 못했습니다. {reason}.',
  'There is no connection to the server at the moment. Try again when it is back.':
    '지금 서버와 연결되어 있지 않습니다. 연결되면 다시 시도하세요.',
  'No answer came from the server. Try again once it is connected':
    '서버의 답이 없습니다. 연결되면 다시 시도하세요',
  'The server answered with status {status}': '서버가 상태 {status}{status|으로|로} 답했습니다',
  'The connection was gone for too long: your last changes could not be kept.':
    '연결이 너무 오래 끊겨 마지막 변경을 저장하지 못했습니다.',
  // Progress before a training
  Starting: '시작하는 중',
  'Compiling the model': '모델을 컴파일하는 중',
  'Reading Shakespeare': '셰익스피어를 읽는 중',
  'Reading Fashion-MNIST': '패션 MNIST를 읽는 중',
  'Waiting for another run that downloads {name}': '다른 실행이 {name}{name|을|를} 내려받기를 기다리는 중',
  'Downloading {name}': '{name} 내려받는 중',
  // Failures
  '{what} stopped being a finite number in step {step}, at {rates}':
    '{step}번째 스텝에서 {what} 값이 발산했습니다({rates})',
  'A weight': '가중치',
  'The loss': '손실',
  'Lower the learning rate to a tenth and train again; a smaller network or larger batches help too.':
    '학습률을 10분의 1로 낮추고 다시 훈련하세요. 신경망을 줄이거나 배치를 키워도 도움이 됩니다.',
  'Check the network and train again (a broken download goes on where it broke), or use Glyphs or Verses, which need no network.':
    '네트워크를 확인하고 다시 훈련하세요(끊긴 내려받기는 이어집니다). 네트워크가 필요 없는 도형이나 운문 데이터셋을 써도 됩니다.',
  'Train again, or choose a data set that needs no files: Glyphs or Verses.':
    '다시 훈련하거나, 파일이 필요 없는 도형이나 운문 데이터셋을 고르세요.',
  'Run "npm run doctor" on the server to see what works, or unset COLATENT_EXECUTOR to use the CPU.':
    '서버에서 "npm run doctor"를 실행해 쓸 수 있는 것을 확인하거나, COLATENT_EXECUTOR 설정을 지워 CPU를 쓰세요.',
  'Train again. If it happens again, it is a fault in Colatent.':
    '다시 훈련하세요. 또 일어나면 Colatent의 결함입니다.',
  // Samples
  'Too many samples wait already. Try again in a moment':
    '기다리는 샘플이 너무 많습니다. 잠시 뒤 다시 시도하세요',
  'No sample came within {seconds} s. Try a smaller one':
    '{seconds}초 안에 샘플이 오지 않았습니다. 더 작은 것을 시도하세요',
  'At most {most} images of this size at once, {count} were asked for':
    '이 크기의 이미지는 한 번에 {most}장까지인데 {count}장을 요청했습니다',
  // Values out of range
  // Costs
  'This recipe would need {needed} GB of memory, the server allows {allowed} GB. {advice}':
    '이 레시피에는 메모리가 {needed} GB 필요하지만 서버는 {allowed} GB까지 허용합니다. {advice}',
  'A step of this recipe would take {needed} GFLOP, the server allows {allowed}. {advice}':
    '이 레시피의 한 스텝은 {needed} GFLOP인데 서버는 {allowed}까지 허용합니다. {advice}',
  'Choose another model.': '다른 모델을 고르세요.',
  'Lower {label} (now {value}).': '{label} 값(지금 {value})을 낮추세요.',
  // Values of the recipe, as the activity log has them
  '{value} {value|number|numbers}': '{value}개',
  '{value} {value|unit|units}': '{value} 유닛',
  '{value} {value|character|characters}': '{value}글자',
  '{value} {value|step|steps}': '{value} 스텝',
  '{value} {value|filter|filters}': '{value} 필터',
  '{value} {value|pixel|pixels}': '{value} 픽셀',
  '{value} {value|layer|layers}': '{value}층',
  '{value} {value|image|images}': '{value}장',
  '{value} {value|window|windows}': '{value} 윈도',
  '{value} {value|pass|passes}': '{value}회',
  // Ranges of values
  '{min} to {max} {unit}': '{min}~{max} {unit}',
  'Must be a whole number from {range}': '{range} 범위의 정수여야 합니다',
  'Must be a number from {range}': '{range} 범위의 수여야 합니다',
  '{label} must be a whole number from {range}': '{label}: {range} 범위의 정수여야 합니다',
  '{label} must be a number from {range}': '{label}: {range} 범위의 수여야 합니다',
  // More values of the recipe
  '{value} {value|neighbour|neighbours}': '이웃 {value}개',
  '{value} {value|point|points}': '점 {value}개',
  '{value} %': '{value} %',
  '{value} ×': '{value}배',
  none: '없음',
  // Several beside each other
  '{first}, {other}': '{first}, {other}',
  '{first} or {other}': '{first}{first|이나|나} {other}',
  '{first} and {other}': '{first}{first|과|와} {other}',
  '{first}. {other}': '{first}. {other}',
  '{first} {other}': '{first} {other}',
  // States of a run, within a sentence
  'queued##state': '대기 중',
  'starting##state': '시작하는 중',
  'training##state': '훈련 중',
  'paused##state': '일시 정지',
  'finished##state': '완료',
  'stopped##state': '중지',
  'failed##state': '실패',
  // Failures of processes
  'A metric': '지표',
  'a learning rate of {rate}': '학습률 {rate}',
  'learning rates of {rates}': '학습률 {rates}',
  'The worker process was ended by {signal}': '작업 프로세스가 {signal}{signal|으로|로} 종료되었습니다',
  'The worker process exited with status {status}':
    '작업 프로세스가 상태 {status}{status|으로|로} 끝났습니다',
  'The worker process gave no sign of life for {seconds} s':
    '작업 프로세스가 {seconds}초 동안 응답이 없었습니다',
  'The worker process sent a malformed message: {reason}':
    '작업 프로세스가 잘못된 메시지를 보냈습니다: {reason}',
  'The worker process could not be started: {reason}': '작업 프로세스를 시작하지 못했습니다: {reason}',
  'The state after step {step} is kept.': '{step} 스텝 뒤의 상태는 남아 있습니다.',
  'Train again; if it happens again, try a smaller network or a smaller batch.':
    '다시 훈련하세요. 또 일어나면 신경망이나 배치를 줄여 보세요.',
  // Processes that end while somebody waits
  'The server closes': '서버가 닫히는 중입니다',
  'The process was idle': '쓰이지 않아 프로세스를 끝냈습니다',
  'Others asked for samples. Try again': '다른 사람이 샘플을 요청했습니다. 다시 시도하세요',
  'The run has ended. Try again': '실행이 끝났습니다. 다시 시도하세요',
};
