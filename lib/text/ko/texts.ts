import type { Messages } from '../format';
import type { TextsText } from '../keys/texts';

/** Texts that people bring: how they were read, and in which encodings. */
export const texts: Messages<TextsText> = {
  // In the page
  'UTF-8': 'UTF-8',
  'UTF-16, little endian': 'UTF-16(리틀 엔디언)',
  'UTF-16, big endian': 'UTF-16(빅 엔디언)',
  'Korean (CP949, EUC-KR)': '한국어(CP949, EUC-KR)',
  'Japanese (Shift JIS)': '일본어(Shift JIS)',
  'Japanese (EUC-JP)': '일본어(EUC-JP)',
  'Chinese, simplified (GB 18030, GBK)': '중국어 간체(GB 18030, GBK)',
  'Chinese, traditional (Big5)': '중국어 번체(Big5)',
  'Western European (Windows-1252)': '서유럽어(Windows-1252)',
  'Western European (Macintosh)': '서유럽어(매킨토시)',
  'Central European (Windows-1250)': '중앙유럽어(Windows-1250)',
  'Central European (ISO 8859-2)': '중앙유럽어(ISO 8859-2)',
  'Cyrillic (Windows-1251)': '키릴 문자(Windows-1251)',
  'Cyrillic (KOI8-R)': '키릴 문자(KOI8-R)',
  'Cyrillic (ISO 8859-5)': '키릴 문자(ISO 8859-5)',
  'Cyrillic (CP866)': '키릴 문자(CP866)',
  'Greek (Windows-1253)': '그리스어(Windows-1253)',
  'Turkish (Windows-1254)': '튀르키예어(Windows-1254)',
  'Hebrew (Windows-1255)': '히브리어(Windows-1255)',
  'Arabic (Windows-1256)': '아랍어(Windows-1256)',
  'Thai (Windows-874)': '태국어(Windows-874)',
  'Read as': '읽은 인코딩',
  'If letters look wrong, choose another encoding: the text is read anew.':
    '글자가 이상하면 다른 인코딩을 고르세요. 텍스트를 다시 읽습니다.',
  'Read as {encodings}': '{encodings}{encodings|으로|로} 읽음',
  '{n} texts in the order of their names': '이름 순서로 이은 텍스트 {n}개',
  '{n} {n|text was|texts were} cut within a character, which was left out':
    '텍스트 {n}개가 글자 중간에서 잘려, 그 글자를 뺐습니다',
  '{n} {n|place|places} with bytes that are no characters left out': '글자가 아닌 바이트 {n}곳을 뺐습니다',
  '{distinct} rare characters, in {places} places, are read as one ({mark})':
    '드문 글자 {distinct}종({places}곳)을 한 글자({mark})로 읽습니다',
  "The model's text doesn't have this": '모델의 텍스트에 없는 글자입니다',
  "Left out, since the model's text doesn't have it: {unknown}": '모델의 텍스트에 없어 뺐습니다: {unknown}',
  // Said by the server
  'is neither a zip archive, an image nor a text: its bytes are no characters in any encoding. Save a text as UTF-8':
    '어떤 인코딩으로도 글자가 되지 않아 텍스트가 아닙니다. 텍스트라면 UTF-8로 저장하세요',
  'a PDF document': 'PDF 문서',
  'an RTF document': 'RTF 문서',
  'a document of a word processor': '워드 프로세서 문서',
  'a document of a word processor or an electronic book': '워드 프로세서 문서나 전자책',
  'a gzip archive': 'gzip 파일',
  'a 7z archive': '7z 파일',
  'a RAR archive': 'RAR 파일',
  '{name} holds more than {size} of text in {n} files': '{name}: 파일 {n}개의 텍스트가 {size}보다 큽니다',
  'The model knows no character of {text}': '모델이 {text}의 글자를 하나도 모릅니다',
  '{name} holds no texts': '{name}: 텍스트가 없습니다',
  'is an image among texts': '텍스트 사이의 이미지',
  "{name} can't be learned from. {reason}": '{name}: 배울 수 없습니다. {reason}',
  'The text has one character alone, so there is nothing to predict.':
    '텍스트에 글자가 한 종뿐이라 예측할 것이 없습니다.',
  'In lower case the text has one character alone, so there is nothing to predict.':
    '소문자로 바꾸면 글자가 한 종뿐이라 예측할 것이 없습니다.',
  'Set Letters to As it is.': '대소문자를 "원문 그대로"로 바꾸세요.',
  'The training part has {length} characters, too few for a window of {window}.':
    '훈련용 부분이 {length}자뿐이라 윈도 {window}자가 들어가지 않습니다.',
  'The validation part has {length} characters, too few for a window of {window}.':
    '검증용 부분이 {length}자뿐이라 윈도 {window}자가 들어가지 않습니다.',
  'Set {label} to {most} or less, or {other} to {least} % or more.':
    '{label}{label|을|를} {most} 이하로 하거나, {other}{other|을|를} {least} % 이상으로 하세요.',
  'Set {label} to {most} or less.': '{label}{label|을|를} {most} 이하로 하세요.',
  'Set {label} to {least} % or more.': '{label}{label|을|를} {least} % 이상으로 하세요.',
  'Bring a longer text.': '더 긴 텍스트를 가져오세요.',
  'is {kind}. {advice}': '{kind}입니다. {advice}',
  'Save it as plain text': '일반 텍스트로 저장하세요',
  'Pack it as a zip archive': 'zip으로 다시 묶으세요',
  '{name} {reason}': '{name}: {reason}',
};
