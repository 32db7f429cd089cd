import type { Messages } from '../format';
import type { RefusalsText } from '../keys/refusals';

/** Refusals that a working page seldom meets: broken connections and files, programs that ask for what there isn't. */
export const refusals: Messages<RefusalsText> = {
  // Addresses
  'No such data set: {name}': '그런 데이터셋이 없습니다: {name}',
  'No such address: {path}': '그런 주소가 없습니다: {path}',
  'No such blob': '그런 파일이 없습니다',
  'There is no preset of this name': '그런 이름의 프리셋이 없습니다',
  'Playgrounds are created and changed from their own site only':
    '놀이터는 이 사이트에서만 만들고 바꿀 수 있습니다',
  'side must be 28 or 32, colour must be auto, grey or colour, names and encoding one of the encodings':
    'side는 28이나 32, colour는 auto, grey, colour 중 하나, names와 encoding은 인코딩 이름이어야 합니다',
  'A reel has {topics}, and no {topic}': '기록에는 {topics}만 있고 {topic}{topic|은|는} 없습니다',
  '"from" {from} is after "to" {to}': '"from" {from}{from|이|가} "to" {to}보다 뒤입니다',
  '"{field}" must be a whole number from {min} to {max}': '"{field}": {min}~{max} 범위의 정수여야 합니다',
  'There is no {name}; expected {files}': '{name} 파일이 없습니다. 있는 것: {files}',
  // Messages and edits
  'An update is binary': '변경 내용은 바이너리여야 합니다',
  'A connection joins once': '연결 하나로는 한 번만 들어올 수 있습니다',
  'Malformed message': '잘못된 메시지입니다',
  'Malformed document': '잘못된 문서입니다',
  'These bytes are not a Yjs update': 'Yjs 변경 내용이 아닙니다',
  'These bytes are not a Yjs state vector': 'Yjs 상태 벡터가 아닙니다',
  'An earlier part of the document is missing': '문서의 앞부분이 빠져 있습니다',
  'The edit replaces a part of the document that must stay': '바꿀 수 없는 부분을 바꾸는 변경입니다',
  "A playground's document has at most {most} bytes": '놀이터의 문서는 {most}바이트까지입니다',
  'Unknown part of the document: {name}': '문서에 없는 부분입니다: {name}',
  'Unknown entry of the recipe: {name}': '레시피에 없는 항목입니다: {name}',
  'Unknown entry of what is explored: {name}': '탐색에 없는 항목입니다: {name}',
  'Unknown model: {name}': '모르는 모델입니다: {name}',
  'The recipe lacks the values of {name}': '레시피에 {name} 값이 없습니다',
  'What is explored has a wrong {name}: {reason}': '탐색 항목 {name}에 문제가 있습니다: {reason}',
  'The edit refers to something that this server does not know': '서버가 모르는 것을 가리키는 변경입니다',
  'The edit brings content of a kind that the document does not have':
    '문서에 없는 종류의 내용을 담은 변경입니다',
  'The edit deletes something that this server does not know': '서버가 모르는 것을 지우는 변경입니다',
  'Entries of {root} expected, got content without a key': '{root}의 항목이어야 하는데 키가 없는 내용입니다',
  'Edits of client {client} expected, got one of {other}':
    '클라이언트 {client}의 변경이어야 하는데 {other}의 변경이 왔습니다',
  'An edit before {clock} is missing; {known} are known':
    '{clock} 앞의 변경이 빠져 있습니다(알려진 것 {known})',
  'An edit may use {most} ids, got {count}': '변경 하나는 식별자를 {most}개까지 쓸 수 있는데 {count}개입니다',
  'An edit has at most {most} bytes, got {count}': '변경 하나는 {most}바이트까지인데 {count}바이트입니다',
  '{label} must be one of {values}': '{label}: {values} 중 하나여야 합니다',
  '{label} must have {min} to {max} layers': '{label}: 층은 {min}~{max}개여야 합니다',
  'A name has at least one character': '이름은 한 글자 이상이어야 합니다',
  'A playground id has 22 characters': '놀이터 식별자는 22글자입니다',
  // Samples
  "{model} can't {command} its {network} alone":
    '{model}에서는 한 신경망만 "{command}" 할 수 없습니다({network})',
  'The server was asked for {what} and answered {other}':
    '서버가 요청한 {what} 대신 {other}{other|으로|로} 답했습니다',
  'No generator is loaded': '불러온 생성자가 없습니다',
  'This model has no layer of that name; the diagram of its recipe names them':
    '이 모델에는 그런 이름의 층이 없습니다. 신경망 그림에서 이름을 볼 수 있습니다',
  '{what} are 1 to {most} rows of {size} float32 numbers, {bytes} bytes each; got {count} bytes':
    '{what}: float32 숫자 {size}개씩 1~{most}줄, 줄마다 {bytes}바이트여야 하는데 {count}바이트입니다',
  '{what} must be finite numbers': '{what}: 유한한 수여야 합니다',
  'A generator turns latents into images and tells the stages of its next step; it can do nothing else':
    '생성자는 잠재 벡터를 이미지로 바꾸고 다음 스텝의 단계를 보여 줄 뿐입니다',
  'This generator does not blend styles': '이 생성자는 스타일을 섞지 못합니다',
  'Expected {count} rows of other latents and of shares': '다른 잠재 벡터와 비율이 {count}줄씩 있어야 합니다',
  'Only StyleGAN mixes styles layer by layer': '층마다 스타일을 섞는 것은 StyleGAN뿐입니다',
  'An autoencoder draws images and codes them; it writes no text':
    '오토인코더는 이미지를 그리고 코딩할 뿐 텍스트를 쓰지 않습니다',
  '1 to {most} images of {size} bytes expected, got {count} bytes':
    '{size}바이트짜리 이미지 1~{most}장이어야 하는데 {count}바이트입니다',
  'One of {pictures} pictures expected, got number {picture}':
    '그림 {pictures}장 중 하나여야 하는데 {picture}번입니다',
  'This model has the recurrent layers 0 to {last}, got {layer}':
    '이 모델의 순환층은 0~{last}번인데 {layer}번입니다',
  // Data of a training
  '{name} could not be downloaded. {reasons}': '{name} 파일을 내려받지 못했습니다. {reasons}',
  '{name} is not a whole gzip file ({reason})': '{name} 파일은 온전한 gzip이 아닙니다({reason})',
  '{name} should start with a header of {bytes} bytes but has {count}':
    '{name} 파일은 {bytes}바이트 헤더로 시작해야 하는데 {count}바이트뿐입니다',
  '{name} should start with the IDX magic number {magic}, not {found}':
    '{name} 파일은 IDX 매직 넘버 {magic}{magic|으로|로} 시작해야 하는데 {found}입니다',
  '{name} should hold {shape} = {bytes} bytes after its header but holds {count}':
    '{name} 파일의 헤더 뒤에는 {shape} = {bytes}바이트가 있어야 하는데 {count}바이트입니다',
  '{name} should hold at least 2 images but holds {count}':
    '{name} 파일에는 이미지가 2장 이상이어야 하는데 {count}장입니다',
  '{name} should hold images of {height} x {width} pixels, not {rows} x {columns}':
    '{name} 파일의 이미지는 {height} x {width} 픽셀이어야 하는데 {rows} x {columns}입니다',
  '{name} should hold {count} labels but holds {found}':
    '{name} 파일에는 레이블이 {count}개여야 하는데 {found}개입니다',
  '{name} should hold classes below {most} but has a {found}':
    '{name} 파일의 클래스는 {most}보다 작아야 하는데 {found}{found|이|가} 있습니다',
  '{name} should have at most {most} bytes but has {count}':
    '{name} 파일은 {most}바이트까지인데 {count}바이트입니다',
  '{name} should be text in UTF-8 but is not': '{name} 파일은 UTF-8 텍스트여야 합니다',
  '{name} was expected in {path} or in {outside}': '{name} 파일이 {path}나 {outside}에 있어야 합니다',
  "{name} can't be read ({reason})": '{name} 파일을 읽을 수 없습니다({reason})',
  "The data set's file is damaged ({reason}). Bring it again":
    '데이터셋 파일이 손상되었습니다({reason}). 다시 가져오세요',
  // Values and connections
  '{label} learns from images: choose {choices}, or bring your own':
    '{label}: 이미지로 배웁니다. {choices} 중에서 고르거나 직접 가져오세요',
  '{label} learns from text: choose {choices}, or bring your own':
    '{label}: 텍스트로 배웁니다. {choices} 중에서 고르거나 직접 가져오세요',
  'expected a number from {min} to {max}': '{min}~{max} 범위의 수여야 합니다',
  'expected a whole number from {min} to {max}': '{min}~{max} 범위의 정수여야 합니다',
  '{bytes} bytes waited for this connection; at most {most} may':
    '이 연결로 갈 {bytes}바이트가 밀려 있습니다. {most}바이트까지입니다',
  'A frame stayed unanswered for {ms} ms': '프레임 하나가 {ms} ms 동안 응답을 받지 못했습니다',
  // Rows of a sample
  Latents: '잠재 벡터',
  'Other latents': '다른 잠재 벡터',
  Shares: '비율',
  '{what}: {count} rows expected, got {rows}': '{what}: {count}줄이어야 하는데 {rows}줄입니다',
  // A download
  '{address}: {reason}': '{address}: {reason}',
  'There is no address of it': '내려받을 주소가 없습니다',
  "The server can't go on from byte {byte}": '서버가 {byte}바이트부터 이어 보내지 못합니다',
  'The server answered {status}': '서버가 {status}{status|으로|로} 답했습니다',
  'No byte came for {seconds} s': '{seconds}초 동안 한 바이트도 오지 않았습니다',
  'The server sent more than {bytes} bytes': '서버가 {bytes}바이트보다 많이 보냈습니다',
  'The connection ended after {bytes} of {total} bytes':
    '{total}바이트 중 {bytes}바이트 뒤에 연결이 끊겼습니다',
  'The file has {algorithm} {found}, not {published} as published':
    '파일의 {algorithm} 값이 공개된 {published}{published|이|가} 아니라 {found}입니다',
  'A text model goes on from a prompt; it draws no images':
    '텍스트 모델은 첫머리를 이어 쓸 뿐 이미지를 그리지 않습니다',
};
