import type { Messages } from '../format';
import type { TimeText } from '../keys/time';

/** Time: the moment that is looked at, export of what a run has shown, comparison of two runs. */
export const time: Messages<TimeText> = {
  Playback: '재생',
  'Hold the playback': '재생 멈춤',
  'Play what the run has shown': '학습 과정 재생',
  'Playback speed {speed}': '재생 속도 {speed}',
  Moment: '시점',
  'Live, step {step}': '현재, {step} 스텝',
  'Shown step': '표시 중인 스텝',
  Live: '현재',
  'The past, step {step}': '지난 모습, {step} 스텝',
  'This view has no past: it shows the present': '이 보기에는 지난 모습이 없어 지금을 보여 줍니다',
  'A run that made room for another, step {step}': '자리를 내준 실행, {step} 스텝',
  'Back to live': '현재로 돌아가기',
  // Export
  Export: '내보내기',
  'Export as film': '영상으로 내보내기',
  'The large view from the first step to the last, as a file to show elsewhere.':
    '큰 화면에 보이는 것을 첫 스텝부터 마지막 스텝까지 파일로 만들어 다른 곳에서도 보여 줄 수 있습니다.',
  'What the model makes from the first step to the last, as a file: the large view has no past.':
    '모델이 만들어 내는 것을 첫 스텝부터 마지막 스텝까지 파일로 만듭니다. 큰 화면에 보이는 것에는 지난 모습이 없습니다.',
  'The film could not be made: {problem}': '영상을 만들지 못했습니다: {problem}',
  'Only GIF here: browsers encode video only on pages that come by https or from this computer itself.':
    '여기서는 GIF만 만들 수 있습니다. 브라우저는 https로 열었거나 이 컴퓨터에서 직접 연 페이지에서만 동영상을 만듭니다.',
  'Only GIF here: this browser encodes no video (WebCodecs with H.264, VP9, VP8 or AV1).':
    '여기서는 GIF만 만들 수 있습니다. 이 브라우저는 동영상을 만들지 못합니다(WebCodecs의 H.264, VP9, VP8, AV1).',
  // Comparison
  Compare: '비교',
  'Compare two runs': '두 학습 비교',
  'Present run': '지금 학습',
  'Earlier run': '이전 학습',
  'There is no earlier run yet. Change something, train again, and both stand here side by side.':
    '아직 이전 학습이 없습니다. 설정을 바꾸어 다시 학습하면 두 학습을 여기서 나란히 볼 수 있습니다.',
  'The earlier runs could not be loaded. Try again once the connection is back.':
    '이전 학습을 불러오지 못했습니다. 다시 연결되면 시도하세요.',
  '{n} {n|run|runs} ago: {model}, {dataset}, {step} {step|step|steps}':
    '{n}번 전: {model}, {dataset}, {step} 스텝',
  'What differs': '다른 점',
  Setting: '설정',
  'The recipes are the same': '두 레시피가 같습니다',
  'Step to compare': '비교할 스텝',
  '{run}, step {step}': '{run}, {step} 스텝',
  '{run}: nothing shown yet': '{run}: 아직 표시된 것이 없음',
  'Nothing shown yet': '아직 표시된 것이 없음',
  'Both show step {step}.': '양쪽 모두 {step} 스텝의 모습입니다.',
  'Here both show different steps: each run keeps pictures of its own.':
    '여기서는 양쪽의 스텝이 다릅니다. 학습마다 남겨 둔 모습의 스텝이 다르기 때문입니다.',
  'No step has pictures of both.': '양쪽 모두 남겨 둔 스텝이 없습니다.',
  'Step {step} has both': '양쪽 모두 있는 {step} 스텝으로',
  '{run}: step {step} is its last so far, and the last that can be compared.':
    '{run}: {step} 스텝까지 진행했으므로 거기까지 비교할 수 있습니다.',
  'Learning curves': '학습 곡선',
  '{chart} of both runs': '두 학습의 {chart}',
  // Films that could not be made
  'This browser gives no canvas to draw on': '이 브라우저에서는 그릴 캔버스를 쓸 수 없습니다',
  'The film did not end': '영상이 끝나지 않았습니다',
  'It broke off. Try again': '중단되었습니다. 다시 시도하세요',
};
