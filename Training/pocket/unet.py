"""The UNet: SDXL's kind (text_time), small; most of its weights work at 8x8 and 4x4.

Cross-attention at 4x4 and, on the way up, at 8x8, where it costs a quarter of a training step: which
of two things stands here is a question of place and words at once. The rest the pooled vector says
to every block.
"""
import torch
from diffusers import UNet2DConditionModel

WIDTHS = (64, 128, 160, 256)


def config(text_width, widths=WIDTHS):
    return dict(sample_size=32, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=widths, norm_num_groups=16,
                down_block_types=("DownBlock2D",) * 4, mid_block_type="UNetMidBlock2DCrossAttn",
                up_block_types=("UpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D", "UpBlock2D"),
                transformer_layers_per_block=1, attention_head_dim=tuple(max(1, w // 32) for w in widths), cross_attention_dim=text_width,
                addition_embed_type="text_time", addition_time_embed_dim=32, projection_class_embeddings_input_dim=6 * 32 + text_width,
                use_linear_projection=True, act_fn="silu")


@torch.no_grad()
def plant(model):
    """Starting weights that make the layout easy to find.

    The layout is sums of the noise over large areas, so the first channels carry exact 2x2 sums of
    the noise down to 4x4 (kept at variance 1). Skips bring raw noise up: they begin quiet.
    """
    def identity(weight):
        weight[:4] = 0
        for k in range(4):
            centre = (k, k) + (weight.shape[2] // 2,) * 2
            weight[centre] = 1

    identity(model.conv_in.weight)
    model.conv_in.bias[:4] = 0
    for block in model.down_blocks:
        for resnet in block.resnets:
            if resnet.conv_shortcut is not None:
                identity(resnet.conv_shortcut.weight)
                resnet.conv_shortcut.bias[:4] = 0
        for down in block.downsamplers or []:
            down.conv.weight[:4] = 0
            down.conv.bias[:4] = 0
            for k in range(4):
                down.conv.weight[k, k, 1:, 1:] = 0.5
    below = model.config.block_out_channels[-1]
    for block in model.up_blocks:
        for resnet in block.resnets:
            for weight in (resnet.conv1.weight, resnet.conv_shortcut.weight):
                weight[:, below:] *= 0.2
            below = resnet.out_channels
    for name, module in model.named_modules():
        if name.endswith(("conv2", "proj_out")):
            module.weight *= 0.4


def operations(model, text_width):
    """Multiply-adds of one call, counted by hooks on convolutions and linear layers."""
    total, hooks = 0, []

    def count(module, inputs, output):
        nonlocal total
        if isinstance(module, torch.nn.Conv2d):
            total += output.numel() * module.weight[0].numel()
        else:
            total += output.numel() * module.in_features

    for m in model.modules():
        if isinstance(m, (torch.nn.Conv2d, torch.nn.Linear)):
            hooks.append(m.register_forward_hook(count))
    with torch.no_grad():
        call(model, torch.zeros(1, 4, 32, 32), torch.tensor([999]), torch.zeros(1, 77, text_width), torch.zeros(1, text_width))
    for hook in hooks:
        hook.remove()
    return total


def call(model, x, t, states, pooled, side=256):
    ids = torch.tensor([[side, side, 0, 0, side, side]], dtype=torch.float32, device=x.device).expand(len(x), 6)
    return model(x, t, states, added_cond_kwargs=dict(text_embeds=pooled, time_ids=ids), return_dict=False)[0]


def build(text_width, widths=WIDTHS):
    model = UNet2DConditionModel(**config(text_width, widths))
    plant(model)
    return model
