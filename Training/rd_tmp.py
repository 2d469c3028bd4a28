import torch; torch.set_num_threads(1)
from pocket import reader
reader.load('/work/pocket2/reader.pt')
