"""Epochs of the networks of `benchmarks/run training` in PyTorch: seconds of each, one a line.

The batches are slices of tensors that are in memory, without a DataLoader, which would be slower.
"""
import sys
import time

import torch
from torch import nn

kind, rows, epochs, batch, threads = sys.argv[1], *map(int, sys.argv[2:6])
torch.set_num_threads(threads)
torch.manual_seed(1)

if kind == "mlp":
    network = nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 10))
    features = torch.randn(rows, 784)
else:
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 64), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(64, 10))
    features = torch.randn(rows, 1, 28, 28)

labels = torch.randint(0, 10, (rows,))
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss()
network.train()
for epoch in range(epochs):
    began = time.perf_counter()
    total = 0.0
    order = torch.randperm(rows)
    for start in range(0, rows, batch):
        chosen = order[start:start + batch]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(network(features[chosen]), labels[chosen])
        loss.backward()
        optimizer.step()
        total += loss.item() * len(chosen)
    print(time.perf_counter() - began, flush=True)
