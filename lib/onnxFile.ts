/** Tags of the fields that may follow the version in a model's protocol buffer (onnx.proto3, `ModelProto`). */
const secondTags = [0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72];

/** Whether a file that begins so is a model as .onnx, whatever it is called: its first field is a version. */
export function isOnnx(start: Uint8Array): boolean {
  const [tag, version = 0, second = 0] = start;
  return tag === 0x08 && version >= 1 && version < 64 && secondTags.includes(second);
}
