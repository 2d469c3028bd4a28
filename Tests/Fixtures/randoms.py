"""Number fixtures: PyTorch's normal generator, and the scheduler's tables and steps."""

import torch
from diffusers import EulerAncestralDiscreteScheduler, EulerDiscreteScheduler
from diffusers.schedulers import scheduling_euler_ancestral_discrete as euler

from storage import save_tensors

# Around torch's two code paths (fewer than 16 numbers or more) and its treatment of a rest.
COUNTS = [1, 2, 3, 15, 16, 17, 31, 32, 252, 256]
SEEDS = [0, 42, 2**32 + 5, 2**63 + 11]

SCHEDULERS = {
    "turbo": dict(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1,
        timestep_spacing="trailing", prediction_type="epsilon"),
    "velocity": dict(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1,
        timestep_spacing="trailing", prediction_type="v_prediction"),
    "leading": dict(
        beta_start=0.001, beta_end=0.015, beta_schedule="linear", steps_offset=1,
        timestep_spacing="leading", prediction_type="epsilon"),
    "linspace": dict(),
}
PLAIN = {
    "plain": SCHEDULERS["velocity"],
    "plain leading": dict(timestep_spacing="leading"),
    "plain linspace": dict(),
    "given betas": dict(
        num_train_timesteps=4, trained_betas=[0.0005, 0.2, 0.125, 0.9], timestep_spacing="trailing"),
}


def torch_normals(tensors):
    for seed in SEEDS:
        for count in COUNTS:
            generator = torch.Generator("cpu").manual_seed(seed)
            tensors[f"randn/{seed}/{count}"] = torch.randn(count, generator=generator)
        # One generator over several draws, as a pipeline makes them: odd counts leave a number over.
        generator = torch.Generator("cpu").manual_seed(seed)
        draws = [torch.randn(count, generator=generator) for count in (3, 16, 1, 20, 5, 7)]
        tensors[f"randn/{seed}/3+16+1+20+5+7"] = torch.cat(draws)


def scheduler_runs(tensors):
    generator = torch.Generator("cpu").manual_seed(7)
    makers = [(name, EulerAncestralDiscreteScheduler, config) for name, config in SCHEDULERS.items()]
    makers += [(name, EulerDiscreteScheduler, config) for name, config in PLAIN.items()]
    for name, maker, config in makers:
        for steps in (1, 2, 3, 4):
            scheduler = maker(**config)
            scheduler.set_timesteps(steps)
            prefix = f"{name}/{steps}"
            tensors[f"{prefix}/timesteps"] = scheduler.timesteps.float()
            tensors[f"{prefix}/sigmas"] = scheduler.sigmas.clone()
            tensors[f"{prefix}/init_noise_sigma"] = torch.as_tensor(
                scheduler.init_noise_sigma).reshape(1).float()
            sample = torch.randn(1, 4, 2, 3, generator=generator) * scheduler.init_noise_sigma
            for index, timestep in enumerate(scheduler.timesteps):
                output = torch.randn(sample.shape, generator=generator)
                noise = torch.randn(sample.shape, generator=generator)
                step = f"{prefix}/step{index}"
                tensors[f"{step}/sample"] = sample.clone()
                tensors[f"{step}/scaled"] = scheduler.scale_model_input(sample, timestep).clone()
                tensors[f"{step}/output"] = output
                tensors[f"{step}/noise"] = noise
                # The noise is given, instead of drawn in the step.
                draw, euler.randn_tensor = euler.randn_tensor, lambda *_, **__: noise
                result = scheduler.step(output, timestep, sample)
                euler.randn_tensor = draw
                tensors[f"{step}/denoised"] = result.pred_original_sample.clone()
                tensors[f"{step}/next"] = result.prev_sample.clone()
                sample = result.prev_sample


def make(output, provenance):
    output.mkdir(parents=True)
    normals, steps = {}, {}
    torch_normals(normals)
    scheduler_runs(steps)
    save_tensors(normals, output / "torch-randn.safetensors", provenance)
    save_tensors(steps, output / "scheduler.safetensors", provenance)
