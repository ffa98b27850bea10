using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.External;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed class ExternalTargetTests
{
    private static readonly ExternalSettings Poor = new() { Database = "postgresql://owner@db/app" };

    private static readonly ExternalSettings Rich = new()
    {
        Database = "postgresql://owner@rw/app?sslmode=verify-full",
        Members = ["a=h1", "b=h2", "c=h3"],
        Faults = new ExternalFaultCommands { KillPrimary = "true" },
        Drop = true,
    };

    [Fact]
    public void It_lacks_what_the_settings_do_not_give_and_says_how_to_get_it()
    {
        var target = Target(Poor);

        target.WhyLacking(Capability.Standbys).Should().Be($"not on TARGET=external: one member was named; name every server in {SettingNames.Members}");
        target.WhyLacking(Capability.ThreeMembers).Should().Contain("1 members were named");
        target.WhyLacking(Capability.Tls).Should().Contain("sslmode=prefer");
        target.WhyLacking(Capability.KillMember).Should().Contain(SettingNames.KillPrimary);
        target.WhyLacking(Capability.Removal).Should().Contain("DROP=1");
    }

    [Fact]
    public void It_has_what_the_settings_give_and_never_what_is_not_its()
    {
        var target = Target(Rich);

        Enum.GetValues<Capability>().Where(c => target.WhyLacking(c) is not null).Should().BeEquivalentTo(
            [Capability.BringUp, Capability.Monitoring, Capability.Workloads, Capability.Backups, Capability.KillPostmaster, Capability.PostmasterFailover, Capability.Lease, Capability.Machines, Capability.PlannedWork, Capability.Platform, Capability.OwnListeners, Capability.Containers, Capability.NetworkPolicies, Capability.OwnNodes, Capability.ServerLogs, Capability.Volumes]);
        target.WhyLacking(null).Should().BeNull();
    }

    [Fact]
    public void The_embedded_target_lacks_what_a_platform_has_and_volumes_where_it_may_not_mount()
    {
        LocalTarget.LacksOf(null).Keys.Should().BeEquivalentTo([Capability.Platform, Capability.Containers, Capability.NetworkPolicies, Capability.OwnNodes]);
        LocalTarget.LacksOf("no root").Should().Contain(Capability.Volumes, "no root").And.HaveCount(5);
    }

    [Fact]
    public async Task Without_a_database_everything_is_refused()
    {
        var up = () => Target(new ExternalSettings()).UpAsync(new SilentProgress(), TestContext.Current.CancellationToken);

        (await up.Should().ThrowAsync<LabException>()).WithMessage("TARGET=external has no database; nothing was touched.*");
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_one_refusal_and_no_lab()
    {
        // Port 1 of loopback: nobody listens there.
        var target = Target(new ExternalSettings { Database = "postgresql://owner:secret-1@127.0.0.1:1/app" });
        var ct = TestContext.Current.CancellationToken;

        var up = () => target.UpAsync(new SilentProgress(), ct);

        (await up.Should().ThrowAsync<LabException>()).Which.Message.Should()
            .Contain("nothing was touched").And.Contain("127.0.0.1:1 cannot be reached").And.Contain(SettingNames.DatabaseUrl).And.NotContain("secret-1");
        (await target.AttachAsync(ct)).Should().BeNull();
    }

    [Fact]
    public void What_is_absent_is_refused_with_its_reason()
    {
        var call = () => Absent.Of<ILabBackups>(ExternalLimits.Backups).Restored;

        call.Should().Throw<LabException>().WithMessage("get_Restored refused on TARGET=external: backups of this database are its owner's*");
    }

    private static ITarget Target(ExternalSettings settings) => TargetChoice.Make(new LabSettings { Target = "external", External = settings }).Target;
}
