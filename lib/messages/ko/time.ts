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
} as const;
