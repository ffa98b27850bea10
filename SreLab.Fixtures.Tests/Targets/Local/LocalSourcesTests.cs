using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Targets.Local;

namespace SreLab.Fixtures.Tests.Targets.Local;

public sealed class LocalSourcesTests
{
    [Theory]
    [InlineData("""{"state": "running", "role": "master"}""", false, false)]
    [InlineData("""{"state": "running", "role": "master", "failsafe_mode_is_active": true}""", false, true)]
    [InlineData("""{"state": "running", "role": "replica", "pause": true}""", true, false)]
    public void A_manager_believes_what_it_says(string json, bool isPaused, bool isFailsafeActive) =>
        LocalSources.ParseManager(json).Should().Be(new ManagerBelief(isPaused, isFailsafeActive));

    [Theory]
    [InlineData("""{"version": "3.4.23", "leader": "8039253310893702212"}""", true)]
    [InlineData("""{"version": "3.4.23", "leader": "0", "errors": ["etcdserver: no leader"]}""", false)]
    [InlineData("""{"version": "3.4.23", "errors": ["etcdserver: no leader"]}""", false)]
    public void A_store_that_knows_no_leader_tells_none(string json, bool knowsLeader) =>
        LocalSources.ParseStoreLeader(json).Should().Be(knowsLeader);

    [Theory]
    [InlineData("# pxname,svname,status,act\nread-write,FRONTEND,OPEN,\nread-write,pg-1,UP,1\nread-write,BACKEND,UP,1\nread-only,BACKEND,UP,2\n", 1)]
    [InlineData("# pxname,svname,act,status\nread-write,pg-1,1,DOWN\nread-write,BACKEND,0,DOWN\n", 0)]
    public void The_active_servers_of_the_read_write_endpoint_are_counted(string csv, int servers) =>
        LocalSources.ParseActiveServers(csv).Should().Be(servers);

    [Theory]
    [InlineData("# pxname,svname,act\nread-only,BACKEND,2\n")]
    [InlineData("# pxname,svname\nread-write,BACKEND\n")]
    public void A_table_that_tells_nothing_is_no_zero(string csv)
    {
        var parse = () => LocalSources.ParseActiveServers(csv);

        parse.Should().Throw<LabException>();
    }

    [Theory]
    [InlineData("# TYPE srelab_backup_last_success_timestamp_seconds gauge\nsrelab_backup_last_success_timestamp_seconds 1795274051.250\n", 1795274051250)]
    [InlineData("# TYPE srelab_backup_last_success_timestamp_seconds gauge\n", null)]
    public void The_noted_backup_is_read_back(string metrics, long? unixMilliseconds) =>
        LocalSources.ParseBackup(metrics)?.ToUnixTimeMilliseconds().Should().Be(unixMilliseconds);

    [Theory]
    [InlineData("# TYPE srelab_backup_last_run_failed gauge\nsrelab_backup_last_run_failed 1\n", true)]
    [InlineData("# TYPE srelab_backup_last_run_failed gauge\nsrelab_backup_last_run_failed 0\n", false)]
    [InlineData("# TYPE srelab_backup_last_run_failed gauge\nsrelab_backup_last_success_timestamp_seconds 1795274051.250\n", null)]
    public void What_is_not_noted_of_a_backup_is_not_known(string metrics, bool? failed) => LocalSources.ParseFailed(metrics).Should().Be(failed);
}
