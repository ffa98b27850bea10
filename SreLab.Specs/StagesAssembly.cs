// Stages share one lab: they run one after another, in the order of Stages.InOrder.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
