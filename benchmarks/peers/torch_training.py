"""Epochs of the networks of `benchmarks/run training` in PyTorch.

One line an epoch: seconds of its steps, seconds with the pass over the validation rows behind them, and
the processor's seconds of both. The batches are slices of tensors that are in memory, without a
DataLoader, which would be slower. Arguments: mlp or cnn, rows, epochs, batch size, threads, and
contiguous or channels_last, the layout of the cnn's images and weights.
"""
import sys
import time

import torch
from torch import nn

kind, rows, epochs, batch, threads = sys.argv[1], *map(int, sys.argv[2:6])
layout = {"contiguous": torch.contiguous_format, "channels_last": torch.channels_last}[sys.argv[6]]
torch.set_num_threads(threads)
torch.manual_seed(1)

validated = rows // 5
if kind == "mlp":
    network = nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 10))
    features = torch.randn(rows + validated, 784)
else:
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 64), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(64, 10)).to(memory_format=layout)
    features = torch.randn(rows + validated, 1, 28, 28).to(memory_format=layout)

labels = torch.randint(0, 10, (rows + validated,))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss()


def train():
    network.train()
    total = 0.0
    order = torch.randperm(rows)
    for start in range(0, rows, batch):
        chosen = order[start:start + batch]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network(features[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    return total / rows


@torch.no_grad()
def validate():
    network.eval()
    total = 0.0
    for start in range(rows, rows + validated, batch):
        end = min(start + batch, rows + validated)
        total += loss_of(network(features[start:end]), labels[start:end]).item() * (end - start)
    return total / validated


for epoch in range(epochs):
    began, processor = time.perf_counter(), time.process_time()
    train()
    trained = time.perf_counter()
    validate()
    print(trained - began, time.perf_counter() - began, time.process_time() - processor, flush=True)
