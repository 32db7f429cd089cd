import type { Messages } from '../format';
import type { OwnDataText } from '../keys/ownData';

/** Data sets that people bring themselves. */
export const ownData: Messages<OwnDataText> = {
  // In the page
  'Your own data': '내 데이터',
  'Brought into this playground by the people in it.': '이 놀이터의 참여자가 가져온 데이터입니다.',
  'Drop texts or images to learn from them, or a generator as .onnx':
    '배울 텍스트나 이미지, 또는 .onnx 생성기를 놓으세요',
  'Data sets in this playground': '이 놀이터의 데이터셋',
  'Bring data': '데이터 가져오기',
  'Drop texts (up to 20 MB) or images: one or many at once, a folder or a zip. Texts are joined in the order of their names, folders of images become classes. Everyone with the link can learn from it.':
    '텍스트(20 MB까지)나 이미지를 놓으세요. 한 개든 여러 개든, 폴더째로든 zip으로든 가져올 수 있습니다. 텍스트는 이름 순서로 이어지고, 이미지 폴더는 클래스가 됩니다. 링크를 가진 모두가 쓸 수 있습니다.',
  'Data files': '데이터 파일',
  'Data folder': '데이터 폴더',
  'Choose files': '파일 고르기',
  'Choose a folder': '폴더 고르기',
  'A playground holds at most {most} data sets of its own. Remove one first.':
    '한 놀이터에는 데이터셋을 {most}개까지 가져올 수 있습니다. 먼저 하나를 지우세요.',
  'Size in pixels': '크기(픽셀)',
  'Colours of images': '이미지 색',
  'As they are': '원본대로',
  Grey: '흑백',
  Colour: '컬러',
  Packing: '묶는 중',
  Sending: '보내는 중',
  Reading: '읽는 중',
  '{done} of {total} MB': '{total} MB 중 {done}',
  '{done} of {total} files': '파일 {total}개 중 {done}',
  Cancel: '취소',
  '{characters} characters, {distinct} different': '{characters}자, 서로 다른 문자 {distinct}개',
  '{n} images of {height} x {width} pixels, grey': '{height} x {width} 픽셀 흑백 이미지 {n}장',
  '{n} images of {height} x {width} pixels, in colour': '{height} x {width} 픽셀 컬러 이미지 {n}장',
  'Remove {name}': '{name} 지우기',
  '{model} learns from it with the next run': '다음 실행부터 {model}{model|이|가} 이 데이터로 배웁니다',
  '{model} learns from images and can not read a text.':
    '{model}{model|은|는} 이미지로 배우므로 텍스트를 읽을 수 없습니다.',
  '{model} learns from a text and can not see images.':
    '{model}{model|은|는} 텍스트로 배우므로 이미지를 볼 수 없습니다.',
  'Learn from it': '이 데이터로 배우기',
  '{n} {n|thing|things} dropped meanwhile {n|comes|come} next': '그사이 놓은 {n}개는 다음에 읽습니다',
  'Learn from it with {model}': '{model}{model|으로|로} 배우기',
  'The first lines': '첫 줄들',
  'The first {n} images': '처음 이미지 {n}장',
  '{n} {n|file was|files were} left out': '파일 {n}개를 뺐습니다',
  'and {n} more': '외 {n}개',
  'What was read': '읽은 내용',
  'Add to the playground': '놀이터에 추가',
  Discard: '버리기',
  'No classes: all images together': '클래스 없음: 이미지 전체를 하나로',
  '{n} classes: {names}': '클래스 {n}개: {names}',
  'It is unclear which folders are the classes. Choose what fits.':
    '어느 폴더가 클래스인지 분명하지 않습니다. 맞는 것을 고르세요.',
  '{n} folders are too many for classes: {most} at most.':
    '폴더 {n}개는 클래스로 삼기에 너무 많습니다. {most}개까지입니다.',
  'Names are written in': '이름의 인코딩',
  'The names don’t say how they are written. Choose what reads well.':
    '이름의 인코딩이 분명하지 않습니다. 제대로 읽히는 것을 고르세요.',
  'Korean (CP949)': '한국어(CP949)',
  'Japanese (Shift-JIS)': '일본어(Shift-JIS)',
  'Chinese (GBK)': '중국어(GBK)',
  'Traditional Chinese (Big5)': '중국어 번체(Big5)',
  'Western (CP437)': '서유럽어(CP437)',
  'brought the data set {name}': '데이터셋 {name}{name|을|를} 가져옴',
  'removed the data set {name}': '데이터셋 {name}{name|을|를} 지움',
  // Said by the server, and by the page before it sends anything
  'Own data': '가져온 데이터',
  'Reading the data set': '데이터셋을 읽는 중',
  "This playground's own data set is gone. Bring it again, or choose another one":
    '이 놀이터에 가져온 데이터셋이 없어졌습니다. 다시 가져오거나 다른 것을 고르세요',
  'There are no files in it': '안에 파일이 없습니다',
  'At most {files} files and {size} MB can be brought at once':
    '한 번에 파일 {files}개, {size} MB까지 가져올 수 있습니다',
  'Together they have {size} MB, at most {most} MB can be brought at once. The largest is {path} with {largest} MB':
    '모두 {size} MB입니다. 한 번에 {most} MB까지 가져올 수 있습니다. 가장 큰 파일은 {path}({largest} MB)입니다',
  '{name} names a file outside of its own folder: {path}. Pack it again, with paths inside it only':
    '{name}: 폴더 밖의 파일을 가리킵니다({path}). 안쪽 경로만 넣어 다시 압축하세요',
  '{name} is not a whole zip archive ({reason}). It may have been cut off: pack or upload it again':
    '{name}: 온전한 zip이 아닙니다({reason}). 잘렸을 수 있으니 다시 압축하거나 올리세요',
  '{name} has a link, {path}, where files were expected. Pack the files themselves':
    '{name}: 파일이 아니라 링크({path})가 들어 있습니다. 파일 자체를 압축하세요',
  '{name} is encrypted ({path}). Pack it without a password':
    '{name}: 암호가 걸려 있습니다({path}). 암호 없이 압축하세요',
  '{path} in {name} unpacks from {packed} bytes to {size}: at most {ratio} times as much was expected':
    '{name}의 {path}: {packed}바이트가 {size}로 풀립니다. {ratio}배까지만 허용됩니다',
  '{name} unpacks to more than {size}': '{name}: 풀면 {size}보다 큽니다',
  '{name} holds {n} files; at most {most} were expected':
    '{name}: 파일이 {n}개입니다. {most}개까지 가져올 수 있습니다',
  '{name} holds no images, it is empty': '{name}: 비어 있어 이미지가 없습니다',
  '{name} holds more than {n} images; at most {most} were expected':
    '{name}: 이미지가 {n}장보다 많습니다. {most}장까지 가져올 수 있습니다',
  'None of the {n} files in {name} is an image that can be read. {reason}':
    '{name}의 파일 {n}개 중 읽을 수 있는 이미지가 없습니다. {reason}',
  "{path} can't be read: it {reason}": '{path}: {reason}',
  'is no image: PNG, JPEG, WebP, GIF, AVIF, TIFF, BMP or SVG was expected':
    '이미지(PNG, JPEG, WebP, GIF, AVIF, TIFF, BMP, SVG)가 아닙니다',
  'is a {format} image: save it as PNG or JPEG': '{format} 이미지입니다. PNG나 JPEG로 저장하세요',
  'is not a whole {format} image ({reason})': '온전한 {format} 이미지가 아닙니다({reason})',
  'is not a whole image ({reason})': '온전한 이미지가 아닙니다({reason})',
  'its data is damaged': '데이터가 손상됨',
  'is a file of the system': '시스템이 남긴 파일입니다',
  'for other reasons': '다른 까닭으로',
  'has {width} x {height} pixels; an image has at most {side} along a side and {pixels} million in all':
    '{width} x {height} 픽셀입니다. 한 변 {side}, 모두 {pixels}백만 픽셀까지입니다',
  'has {size}; an image has at most {most}': '{size}입니다. 이미지는 {most}까지입니다',
  "can't be unpacked ({reason})": '압축을 풀 수 없습니다({reason})',
  Others: '기타',
  '{name} is a model as .onnx. Bring it as a generator, under Files':
    '{name}: .onnx 모델입니다. 파일 메뉴에서 생성기로 가져오세요',
  'Drop many at once, or a zip archive of them. The first of the others: {reason}':
    '여러 장을 한꺼번에 놓거나 zip으로 묶으세요. 나머지 중 첫째: {reason}',
  'Drop many at once, or a zip archive of them': '여러 장을 한꺼번에 놓거나 zip으로 묶으세요',
  '{name} is empty. A text, or images in a zip archive, were expected':
    '{name}: 비어 있습니다. 텍스트나 이미지 zip이 필요합니다',
  '{name} has {size}; a text has at most {most}, a zip archive and an image at most {archive}':
    '{name}: {size}입니다. 텍스트는 {most}, zip과 이미지는 {archive}까지입니다',
  '{name} has {n} characters; at least {least} are needed to learn from':
    '{name}: {n}자입니다. 배우려면 {least}자 이상 필요합니다',
  '{name} has more than {size} MB': '{name}: {size} MB보다 큽니다',
  '{name} did not arrive whole. Try again': '{name}: 온전히 도착하지 않았습니다. 다시 시도하세요',
  '{name} took longer than {seconds} s to read. Bring fewer or smaller files':
    '{name}: 읽는 데 {seconds}초가 넘게 걸렸습니다. 더 적거나 작은 파일을 가져오세요',
  '{name} took {size} MB of memory to read, more than it may':
    '{name}: 읽는 데 메모리가 {size} MB나 필요해 허용을 넘습니다',
  'The process that read {name} broke off: it may need too much memory':
    '{name}{name|을|를} 읽던 프로세스가 끊겼습니다. 메모리가 너무 많이 필요할 수 있습니다',
  'The server has no room left for {name}': '서버에 {name}{name|을|를} 둘 자리가 없습니다',
  'A playground holds at most {most} data sets of its own. Remove one first':
    '한 놀이터에는 데이터셋을 {most}개까지 가져올 수 있습니다. 먼저 하나를 지우세요',
  'Trying {name} as a generator': '{name}{name|을|를} 생성기로 시험하는 중',
  "{name} is this playground's generator now": '이제 {name}{name|이|가} 이 놀이터의 생성기입니다',
  'What was brought has been waiting for too long. Bring it again':
    '가져온 파일이 너무 오래 기다렸습니다. 다시 가져오세요',
  '{name} came too slowly: less than {rate} kB a second. Try again':
    '{name}: 너무 느리게 도착했습니다(초당 {rate} kB 미만). 다시 시도하세요',
  '{n} files are coming already. Wait until one has arrived':
    '이미 파일 {n}개가 오고 있습니다. 하나가 도착할 때까지 기다리세요',
  'This playground has no such data set': '이 놀이터에 그런 데이터셋이 없습니다',
  '{model} is set to learn from {name}. Choose another data set there first':
    '{model}{model|이|가} {name}{name|으로|로} 배우게 되어 있습니다. 먼저 그 모델에 다른 데이터셋을 고르세요',
  'The present run learned from {name}. Reset the run first':
    '지금 실행이 {name}{name|으로|로} 배웠습니다. 먼저 실행을 초기화하세요',
  "{model} names a data set that this playground doesn't have any more":
    '{model}의 데이터셋이 이 놀이터에 더는 없습니다',
  '{name} holds {n} {n|image|images} that can be read; at least {least} are needed to learn from. {advice}':
    '{name}: 읽을 수 있는 이미지가 {n}장뿐입니다. 배우려면 {least}장 이상 필요합니다. {advice}',
  'No process could be started to read {name}: {reason}':
    '{name}{name|을|를} 읽을 프로세스를 시작하지 못했습니다: {reason}',
  'The process that read {name} sent a malformed message':
    '{name}{name|을|를} 읽던 프로세스가 잘못된 메시지를 보냈습니다',
};
