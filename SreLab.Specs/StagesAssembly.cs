using SreLab.Fixtures.Lab;

// Stages share one lab: they run one after another, in the order of Stages.InOrder.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(StageOrderer))]
[assembly: AssemblyFixture(typeof(LabFixture))]
