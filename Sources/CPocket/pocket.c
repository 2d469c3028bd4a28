#include "CPocket.h"

// The model in diffusers layout, byte for byte. Weights are read in place, so they are aligned.
// A file that isn't there yet is left out: the program then says that it has no model.

#define BYTES(name) static const unsigned char name[] __attribute__((aligned(64)))
#define FILE(path, name) {path, name, sizeof name},

#if __has_embed("model/model_index.json")
BYTES(index_json) = {
#embed "model/model_index.json"
};
BYTES(scheduler_json) = {
#embed "model/scheduler/scheduler_config.json"
};
BYTES(text_json) = {
#embed "model/text_encoder_2/config.json"
};
BYTES(text_weights) = {
#embed "model/text_encoder_2/model.safetensors"
};
BYTES(vocabulary) = {
#embed "model/tokenizer_2/vocab.json"
};
BYTES(merges) = {
#embed "model/tokenizer_2/merges.txt"
};
BYTES(tokenizer_json) = {
#embed "model/tokenizer_2/tokenizer_config.json"
};
BYTES(unet_json) = {
#embed "model/unet/config.json"
};
BYTES(unet_weights) = {
#embed "model/unet/diffusion_pytorch_model.safetensors"
};
BYTES(vae_json) = {
#embed "model/vae/config.json"
};
BYTES(vae_weights) = {
#embed "model/vae/diffusion_pytorch_model.safetensors"
};
#endif

static const fabula_pocket_file files[] = {
#if __has_embed("model/model_index.json")
  FILE("model_index.json", index_json)
  FILE("scheduler/scheduler_config.json", scheduler_json)
  FILE("text_encoder_2/config.json", text_json)
  FILE("text_encoder_2/model.safetensors", text_weights)
  FILE("tokenizer_2/vocab.json", vocabulary)
  FILE("tokenizer_2/merges.txt", merges)
  FILE("tokenizer_2/tokenizer_config.json", tokenizer_json)
  FILE("unet/config.json", unet_json)
  FILE("unet/diffusion_pytorch_model.safetensors", unet_weights)
  FILE("vae/config.json", vae_json)
  FILE("vae/diffusion_pytorch_model.safetensors", vae_weights)
#endif
  {0, 0, 0},
};

const fabula_pocket_file *fabula_pocket_file_at(size_t index) {
  return index + 1 < sizeof files / sizeof files[0] ? &files[index] : 0;
}
