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
  'Back to live': '현재로 돌아가기',
  // Export
  Cancel: '취소',
  Export: '내보내기',
  'Export as film': '영상으로 내보내기',
  'The large view from the first step to the last, as a file to show elsewhere.':
    '큰 화면에 보이는 것을 첫 스텝부터 마지막 스텝까지 파일로 만들어 다른 곳에서도 보여 줄 수 있습니다.',
  'The film could not be made: {problem}': '영상을 만들지 못했습니다: {problem}',
} as const;
