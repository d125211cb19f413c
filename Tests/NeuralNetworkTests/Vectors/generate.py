"""Golden vectors of the layers and of small models, from PyTorch.

    python3 -m venv V && V/bin/pip install torch==2.13.0+cpu numpy && V/bin/python generate.py

writes layers.safetensors, hybrid/m1/m2.safetensors (every gradient) and models.json (losses of
training steps and projections of the parameters after them) beside this file. Inputs and initial
parameters are not stored: `uniform` makes them from a name, bit for bit the same in Swift.
"""
import json, pathlib, struct
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)
MASK = (1 << 64) - 1


def fnv(name):
    h = 0xCBF29CE484222325
    for b in name.encode():
        h = ((h ^ b) * 0x100000001B3) & MASK
    return h


def uniform(name, shape, scale=1.0):
    """SplitMix64 from the FNV-1a hash of the name; the top 24 bits as a number in [-1, 1)."""
    n = int(np.prod(shape)) if len(shape) else 1
    with np.errstate(over="ignore"):
        z = np.uint64(fnv(name)) + np.arange(1, n + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    v = ((z >> np.uint64(40)).astype(np.float64) / (1 << 23) - 1.0) * scale
    return torch.from_numpy(v.astype(np.float32).reshape(shape))


def save(path, tensors):
    header, data = {}, b""
    for name in sorted(tensors, key=lambda s: s.encode()):
        t = tensors[name].detach().contiguous().numpy().astype("<f4")
        header[name] = {"dtype": "F32", "shape": list(t.shape), "data_offsets": [len(data), len(data) + t.nbytes]}
        data += t.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    (HERE / path).write_bytes(struct.pack("<Q", len(text)) + text + data)


# ---------------------------------------------------------------- layers

out = {}


def layer(name, f, inputs, params):
    """inputs and params: {name: tensor}; stores output and all gradients for a uniform output gradient."""
    for t in list(inputs.values()) + list(params.values()):
        t.requires_grad_(True)
    y = f(*inputs.values(), *params.values())
    g = uniform(name + ".g", tuple(y.shape))
    y.backward(g)
    out[name + ".y"] = y[0]
    for k, t in inputs.items():
        out[f"{name}.d{k}"] = t.grad[0]
    for k, t in params.items():
        out[f"{name}.d{k}"] = t.grad


def x(name, *shape):
    return uniform(name + ".x", (1,) + shape)


def w(name, part, *shape, scale=0.25):
    return uniform(f"{name}.{part}", shape, scale)


def conv2d(name, ci, co, h, k, s):
    layer(name, lambda a, b: F.conv2d(a, b, stride=s, padding=k // 2), {"x": x(name, ci, h, h)}, {"weight": w(name, "weight", co, ci, k, k)})


conv2d("convolution2D-8", 8, 16, 8, 3, 1)
conv2d("convolution2D-16", 16, 16, 6, 3, 1)
conv2d("convolution2D-stride", 16, 16, 8, 3, 2)
conv2d("convolution2D-1x1", 16, 16, 8, 1, 2)


def conv3d(name, ci, co, d, h, s):
    layer(name, lambda a, b: F.conv3d(a, b, stride=(1, s, s), padding=(0, 1, 1)), {"x": x(name, ci, d, h, h)}, {"weight": w(name, "weight", co, ci, 3, 3, 3)})


conv3d("convolution3D", 8, 8, 5, 6, 1)
conv3d("convolution3D-collapse", 16, 16, 3, 6, 1)
conv3d("convolution3D-stem", 3, 8, 5, 8, 2)
conv3d("convolution3D-plain", 1, 16, 5, 8, 1)

n = "transposedConvolution2D"
layer(n, lambda a, b, c: F.conv_transpose2d(a, b, c, stride=2), {"x": x(n, 16, 4, 4)}, {"weight": w(n, "weight", 16, 16, 2, 2), "bias": w(n, "bias", 16)})


def norm(name, shape, groups, relu, residual):
    def f(a, *rest):
        y = F.group_norm(a, groups, rest[-2], rest[-1])
        if residual:
            y = y + rest[0]
        return F.relu(y) if relu else y
    c = shape[0]
    ins = {"x": x(name, *shape) * 2 + 3}
    if residual:
        ins["r"] = uniform(name + ".r", (1,) + shape)
    layer(name, f, ins, {"weight": w(name, "weight", c, scale=1), "bias": w(name, "bias", c, scale=1)})


norm("groupNormalization", (16, 1, 6, 6), 4, False, False)
norm("groupNormalization-relu", (16, 2, 6, 7), 2, True, False)
norm("groupNormalization-residual", (16, 1, 6, 6), 8, True, True)
layer("relu", F.relu, {"x": x("relu", 16, 1, 4, 4)}, {})
layer("maxPooling2D", lambda a: F.max_pool2d(a, 2), {"x": x("maxPooling2D", 16, 8, 8)}, {})
layer("nearestUpsampling2D", lambda a: F.interpolate(a, scale_factor=2, mode="nearest"), {"x": x("nearestUpsampling2D", 16, 4, 4)}, {})
for k in (2, 4):
    n = f"bilinearUpsampling2D-{k}"
    layer(n, lambda a: F.interpolate(a, scale_factor=k, mode="bilinear", align_corners=False), {"x": x(n, 1, 5, 6)}, {})
layer("globalAveragePooling", lambda a: a.mean((2, 3), keepdim=True), {"x": x("globalAveragePooling", 16, 6, 6)}, {})
layer("globalMaxPooling", lambda a: a.amax((2, 3), keepdim=True), {"x": x("globalMaxPooling", 16, 6, 6)}, {})
n = "pixelClassifier"
layer(n, F.conv2d, {"x": x(n, 16, 6, 6)}, {"weight": w(n, "weight", 1, 16, 1, 1), "bias": w(n, "bias", 1)})
n = "linear"
layer(n, lambda a, b, c: F.linear(a.reshape(1, -1), b, c), {"x": x(n, 40, 1, 1)}, {"weight": w(n, "weight", 6, 40), "bias": w(n, "bias", 6)})
save("layers.safetensors", out)

# ---------------------------------------------------------------- models


class Normal(nn.Module):
    """Convolution, group normalization, ReLU under the names of the hybrid model."""
    def __init__(s, conv, groups):
        super().__init__()
        s.convolution = conv
        s.normalization = nn.GroupNorm(groups, conv.out_channels)

    def forward(s, v):
        return F.relu(s.normalization(s.convolution(v)))


class Hybrid(nn.Module):
    def __init__(s, windows, depth, stem, stride, ch, g):
        super().__init__()
        s.stride = stride
        conv = lambda i, o: Normal(nn.Conv2d(i, o, 3, 1, 1, bias=False), g)
        s.stem = nn.ModuleList()
        ci = windows
        for i in range((depth - 1) // 2):
            st = stride if i == 0 else 1
            s.stem.append(Normal(nn.Conv3d(ci, stem, 3, (1, st, st), (0, 1, 1), bias=False), g))
            ci = stem
        s.encoder = nn.ModuleList()
        for co in ch:
            s.encoder.append(nn.ModuleList([conv(ci, co), conv(co, co)]))
            ci = co
        s.decoder = nn.ModuleList([conv(ch[i + 1] + ch[i], ch[i]) for i in range(len(ch) - 1)])
        s.mask = nn.Conv2d(ch[0], 1, 1)
        s.labels = nn.Linear(2 * ch[-1] + 2 * ch[0], 6)

    def forward(s, v):
        for m in s.stem:
            v = m(v)
        v = v.squeeze(2)
        skips = []
        for i, level in enumerate(s.encoder):
            if i:
                v = F.max_pool2d(v, 2)
            v = level[1](level[0](v))
            skips.append(v)
        deep = v
        for i in reversed(range(len(s.decoder))):
            v = s.decoder[i](torch.cat([F.interpolate(v, scale_factor=2, mode="nearest"), skips[i]], 1))
        pooled = torch.cat([deep.mean((2, 3)), deep.amax((2, 3)), v.mean((2, 3)), v.amax((2, 3))], 1)
        m = s.mask(v)
        if s.stride > 1:
            m = F.interpolate(m, scale_factor=s.stride, mode="bilinear", align_corners=False)
        return m, s.labels(pooled)


class Block(nn.Module):
    def __init__(s, ci, co, st, g):
        super().__init__()
        s.c1 = nn.Conv2d(ci, co, 3, st, 1, bias=False); s.n1 = nn.GroupNorm(g, co)
        s.c2 = nn.Conv2d(co, co, 3, 1, 1, bias=False); s.n2 = nn.GroupNorm(g, co)
        s.d = None
        if st != 1 or ci != co:
            s.d = nn.Conv2d(ci, co, 1, st, bias=False); s.nd = nn.GroupNorm(g, co)

    def forward(s, v):
        y = s.n2(s.c2(F.relu(s.n1(s.c1(v)))))
        return F.relu(y + (v if s.d is None else s.nd(s.d(v))))


class M1(nn.Module):
    """models.py's M1 with sizes as parameters."""
    def __init__(s, windows, ch, g):
        super().__init__()
        s.stem = nn.Conv2d(windows, ch[0], 3, 2, 1, bias=False); s.ns = nn.GroupNorm(g, ch[0])
        blocks, ci = [], ch[0]
        for i, co in enumerate(ch):
            blocks += [Block(ci, co, 1 if i == 0 else 2, g), Block(co, co, 1, g)]
            ci = co
        s.layers = nn.Sequential(*blocks); s.fc = nn.Linear(ci, 6)

    def forward(s, v):
        v = s.layers(F.relu(s.ns(s.stem(v.squeeze(2)))))
        return None, s.fc(v.mean((2, 3)))


class M2(nn.Module):
    """models.py's M2 with sizes as parameters."""
    def __init__(s, stem, ch, g):
        super().__init__()
        dbl = lambda i, o: nn.Sequential(
            nn.Conv2d(i, o, 3, 1, 1, bias=False), nn.GroupNorm(g, o), nn.ReLU(),
            nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.GroupNorm(g, o), nn.ReLU())
        s.n = len(ch)
        s.a = nn.Conv3d(1, stem, 3, 1, (0, 1, 1), bias=False); s.na = nn.GroupNorm(g, stem)
        s.b = nn.Conv3d(stem, ch[0], 3, 1, (0, 1, 1), bias=False); s.nb = nn.GroupNorm(g, ch[0])
        ci = ch[0]
        for i, co in enumerate(ch):
            setattr(s, f"e{i}", dbl(ci, co)); ci = co
        for i in range(s.n - 1):
            setattr(s, f"u{i}", nn.ConvTranspose2d(ch[i + 1], ch[i], 2, 2)); setattr(s, f"d{i}", dbl(2 * ch[i], ch[i]))
        s.out = nn.Conv2d(ch[0], 1, 1); s.fc = nn.Linear(ch[-1], 1)

    def forward(s, v):
        v = F.relu(s.nb(s.b(F.relu(s.na(s.a(v)))))).squeeze(2)
        skips = []
        for i in range(s.n):
            v = getattr(s, f"e{i}")(F.max_pool2d(v, 2) if i else v)
            skips.append(v)
        for i in reversed(range(s.n - 1)):
            v = getattr(s, f"d{i}")(torch.cat([getattr(s, f"u{i}")(v), skips[i]], 1))
        return s.out(v), s.fc(skips[-1].mean((2, 3)))


def start(model):
    for name, p in model.named_parameters():
        if p.dim() > 1:
            scale = 2.0 ** round(float(np.log2((6 / p[0].numel()) ** 0.5)))
            p.data = uniform(name, tuple(p.shape), scale)
        else:
            p.data = uniform(name, tuple(p.shape), 0.25) + (1.0 if name.endswith("weight") else 0.0)


def objective(o, batch, wt):
    """As ObjectiveWeights defines it."""
    mask, labels = o
    losses = []
    for i, ex in enumerate(batch):
        known = [k for k, t in enumerate(ex["labels"][: labels.shape[1]]) if t is not None]
        l = torch.zeros(())
        if known:
            ws = torch.tensor([wt["anyLabel"] if k == 0 else 1.0 for k in known])
            t = torch.tensor([float(ex["labels"][k]) for k in known])
            l = l + wt["labels"] * (ws * F.binary_cross_entropy_with_logits(labels[i, known], t, reduction="none")).sum() / ws.sum()
        if mask is not None and ex["mask"] is not None:
            p, t = mask[i, 0], ex["mask"]
            ce = F.binary_cross_entropy_with_logits(p, t, pos_weight=torch.tensor(wt["maskPositive"]))
            q = torch.sigmoid(p)
            dice = 1 - (2 * (q * t).sum() + 1) / (q.sum() + t.sum() + 1)
            l = l + wt["maskCrossEntropy"] * ce + wt["maskDice"] * dice
        losses.append(l)
    return torch.stack(losses)


def examples(name, shape, count):
    batch = []
    for i in range(count):
        r = uniform(f"{name}.labels.{i}", (6,))
        labels = [None if i == 1 and k in (0, 3) else float(r[k] > 0.3) for k in range(6)]
        m = (uniform(f"{name}.mask.{i}", shape[-2:]) > 0.7).float()
        batch.append({"input": uniform(f"{name}.input.{i}", shape), "labels": labels, "mask": None if i == 2 else m})
    return batch


WEIGHTS = {"labels": 0.75, "anyLabel": 2.0, "maskCrossEntropy": 1.5, "maskDice": 0.5, "maskPositive": 3.0}
UNIT = {k: 1.0 for k in WEIGHTS}
report = {"source": f"generate.py, torch {torch.__version__}", "models": {}}


def projections(model):
    """Σ p·u and Σ p² of each tensor, u uniform: any wrong element shows."""
    return {n: [float((p.detach().double() * uniform("projection." + n, tuple(p.shape)).double()).sum()), float((p.detach().double() ** 2).sum())]
            for n, p in model.named_parameters()}


def model(name, make, shape, wt, count=3):
    batch = examples(name, shape, count)
    inputs = torch.stack([e["input"] for e in batch])
    m = make(); start(m)
    losses = objective(m(inputs), batch, wt)
    losses.mean().backward()
    save(f"{name}.safetensors", {n: p.grad for n, p in m.named_parameters()})
    entry = {"weights": wt, "losses": [float(l) for l in losses.detach()], "steps": {}}
    for label, opt in {
        "sgd": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, weight_decay=0.01),
        "adam": lambda p: torch.optim.Adam(p, lr=0.002, weight_decay=0.01),
    }.items():
        m = make(); start(m)
        o = opt(m.parameters())
        seen = []
        for _ in range(4):
            o.zero_grad()
            l = objective(m(inputs), batch, wt).mean()
            l.backward(); o.step(); seen.append(float(l.detach()))
        entry["steps"][label] = {"losses": seen, "projections": projections(m)}
    report["models"][name] = entry


model("hybrid", lambda: Hybrid(2, 5, 8, 2, [8, 16], 4), (2, 5, 16, 16), WEIGHTS)
model("m1", lambda: M1(3, [8, 16], 4), (3, 1, 16, 16), UNIT)
model("m2", lambda: M2(8, [8, 16], 4), (1, 5, 16, 16), UNIT)
(HERE / "models.json").write_text(json.dumps(report, sort_keys=True, indent=1) + "\n")
