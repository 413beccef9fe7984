"""100 passes of the networks of `benchmarks/run mc-python` with live Dropout, and their mean, as a
PyTorch user writes them: seconds of the processor for each loop, one a line.
"""
import sys
import time

import torch
from torch import nn

kind, rows, passes, loops, threads = sys.argv[1], *map(int, sys.argv[2:6])
torch.set_num_threads(threads)
torch.manual_seed(1)

if kind == "mlp":
    network = nn.Sequential(
        nn.Linear(784, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 512), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(512, 10), nn.Softmax(dim=1))
    features = torch.randn(rows, 784)
else:
    network = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding="same"), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(32 * 7 * 7, 10), nn.Softmax(dim=1))
    features = torch.randn(rows, 1, 28, 28)

network.train()
with torch.no_grad():
    for loop in range(loops):
        began = time.process_time()
        samples = torch.stack([network(features) for _ in range(passes)])
        samples.mean(dim=0)
        print(time.process_time() - began, flush=True)
