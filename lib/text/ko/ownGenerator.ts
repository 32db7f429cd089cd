import type { Messages } from '../format';
import type { OwnGeneratorText } from '../keys/ownGenerator';

/** A generator that somebody brings as a file. */
export const ownGenerator: Messages<OwnGeneratorText> = {
  // In the page
  'Bring a generator': '생성자 가져오기',
  '{numbers} numbers to {height} x {width} pixels, {size}':
    '숫자 {numbers}개 → {height} x {width} 픽셀, {size}',
  'Remove the generator': '생성자 제거',
  'An .onnx file that draws pictures from random numbers, also with a class or other settings; with its weights file, if it has one. It is tried on the server, then everyone here can draw with it.':
    '난수로 그림을 그리는 .onnx 파일입니다. 클래스나 다른 설정을 받아도 됩니다. 가중치 파일이 따로 있으면 함께 고르세요. 서버에서 시험한 뒤, 여기 있는 모두가 그려 볼 수 있습니다.',
  'Generator file': '생성자 파일',
  'Trying it ...': '시험하는 중...',
  'Choose a file': '파일 선택',
  'Numbers of a latent': '잠재 벡터의 숫자 개수',
  'The file leaves this open.': '파일에 정해져 있지 않습니다.',
  'Read its pictures as': '그림을 읽는 방법',
  '{height} x {width}, grey': '{height} x {width}, 흑백',
  '{height} x {width}, colours one after the other': '{height} x {width}, 색상별로 나열',
  '{height} x {width}, colours pixel by pixel': '{height} x {width}, 픽셀별로 나열',
  'Class {n}': '클래스 {n}',
  '{n} {n|byte|bytes}': '{n} 바이트',
  '{n} kB': '{n} kB',
  '{n} MB': '{n} MB',
  // Said by the server, and by the page before it sends anything
  'A generator has at most {size} MB': '생성자 파일은 {size} MB까지입니다',
  'This is no ONNX model, or not all of it. Bring the whole .onnx file':
    'ONNX 모델이 아니거나 일부가 빠졌습니다. .onnx 파일을 온전히 가져오세요',
  'Its weights lie in another file. Bring both files together, or export one: torch.onnx.export(..., external_data=False)':
    '가중치가 다른 파일에 있습니다. 두 파일을 함께 가져오거나 파일 하나로 내보내세요: torch.onnx.export(..., external_data=False)',
  'Its weights lie in {name}. Bring both files together, or export one: torch.onnx.export(..., external_data=False)':
    '가중치가 {name}에 있습니다. 두 파일을 함께 가져오거나 파일 하나로 내보내세요: torch.onnx.export(..., external_data=False)',
  '{name} is too short for the weights that should be in it. Bring the one that was exported with the model':
    '{name}{name|이|가} 너무 짧아 가중치가 다 들어 있지 않습니다. 모델과 함께 내보낸 파일을 가져오세요',
  'Bring one .onnx file at a time': '.onnx 파일은 한 번에 하나씩 가져오세요',
  'It needs {operator} of {domain}, which only some programs know. Export it with standard operators':
    '일부 프로그램만 아는 연산 {operator}({domain})가 필요합니다. 표준 연산으로 내보내세요',
  'It is written for operators of version {version}. Export it with opset_version {oldest} to {newest}':
    '연산 버전이 {version}입니다. opset_version {oldest}~{newest}{newest|으로|로} 내보내세요',
  'It asks for {inputs}, but not for latents. Export the generator: one input of floats [N, numbers]':
    '입력이 {inputs}이고 잠재 벡터가 없습니다. float 입력 [N, 숫자 개수]가 있는 생성자를 내보내세요',
  'It also asks for {input}. Export it so that latents, classes, numbers and switches are all it asks for':
    '{input}도 필요로 합니다. 잠재 벡터, 클래스, 숫자, 스위치만 입력으로 받도록 내보내세요',
  'It asks for {count} further numbers; {most} can be chosen here. Export it with fewer inputs':
    '추가 입력이 {count}개입니다. 여기서는 {most}개까지 고를 수 있습니다. 입력을 줄여 내보내세요',
  'A latent has {size} numbers; at most {most} can be drawn here':
    '잠재 벡터의 숫자가 {size}개입니다. 여기서는 {most}개까지입니다',
  'It draws {rows} pictures at once, too many for this server. Export it with a smaller or an open batch':
    '한 번에 그림 {rows}장을 그려 이 서버에는 너무 많습니다. 배치를 줄이거나 정하지 않고 내보내세요',
  'It makes no pictures, but {made}. Export the part that draws: [N, channels, height, width], {least} to {most} pixels a side':
    '출력이 그림이 아닙니다: {made}. 그림을 그리는 부분을 내보내세요: [N, 채널, 높이, 너비], 한 변 {least}~{most} 픽셀',
  'It makes pictures of pictures. Export the part that draws from numbers, as the decoder':
    '그림을 받아 그림을 만듭니다. 디코더처럼 숫자로 그림을 그리는 부분을 내보내세요',
  'It makes pixels that are no numbers (NaN or infinite). Train or export it anew':
    '픽셀 값이 숫자가 아닙니다(NaN 또는 무한대). 다시 훈련하거나 내보내세요',
  'ONNX Runtime can not load it. Check it with onnx.checker, and export it anew':
    'ONNX Runtime이 불러오지 못합니다. onnx.checker로 확인하고 다시 내보내세요',
  'It does not run on latents of {size} numbers. Export it anew, with an open batch, and try it once where it was made':
    '숫자 {size}개의 잠재 벡터로 실행되지 않습니다. 배치를 정하지 않고 다시 내보내고, 만든 곳에서 한번 실행해 보세요',
  'There is no such way to read its pictures': '그림을 그렇게 읽을 수 없습니다',
  'It does not draw with these settings. Choose others':
    '이 설정으로는 그리지 못합니다. 다른 설정을 고르세요',
  'It took longer than {seconds} s and was ended. Bring a smaller one':
    '{seconds}초가 넘게 걸려 끝냈습니다. 더 작은 것을 가져오세요',
  'It took {size} MB of memory, more than it may, and was ended. Bring a smaller one':
    '메모리를 {size} MB 써서 한도를 넘어 끝냈습니다. 더 작은 것을 가져오세요',
  'It broke off while it ran. Bring a smaller one, or try it where it was made':
    '실행하다 중단되었습니다. 더 작은 것을 가져오거나 만든 곳에서 실행해 보세요',
  'It could not be started on this server. Try again': '이 서버에서 시작하지 못했습니다. 다시 시도하세요',
  'Others draw with their generators at the moment. Try again':
    '지금 다른 사람이 생성자를 쓰고 있습니다. 다시 시도하세요',
  'A generator only draws pictures': '생성자는 그림만 그립니다',
};
