/** Time: playhead, export of what a run has shown, comparison of two runs. */
export const time = {
  Playback: '재생',
  'Hold the playback': '재생 멈춤',
  'Play what the run has shown': '학습 과정 재생',
  'Playback speed {speed}': '재생 속도 {speed}',
  Playhead: '재생 위치',
  'Live, step {step}': '현재, {step} 스텝',
  'Step {step}': '{step} 스텝',
  'Shown step': '표시 중인 스텝',
  Live: '현재',
  'The past, step {step}': '지난 모습, {step} 스텝',
  'This view has no past: it shows the present': '이 보기에는 지난 모습이 없어 지금을 보여 줍니다',
  'A run that made room for another, step {step}': '자리를 내준 실행, {step} 스텝',
  'Back to live': '현재로 돌아가기',
  // Export
  Cancel: '취소',
  Export: '내보내기',
  'Export as film': '영상으로 내보내기',
  'The large view from the first step to the last, as a file to show elsewhere.':
    '큰 화면에 보이는 것을 첫 스텝부터 마지막 스텝까지 파일로 만들어 다른 곳에서도 보여 줄 수 있습니다.',
  'The film could not be made: {problem}': '영상을 만들지 못했습니다: {problem}',
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
  'Learning curves': '학습 곡선',
  '{chart} of both runs': '두 학습의 {chart}',
} as const;
