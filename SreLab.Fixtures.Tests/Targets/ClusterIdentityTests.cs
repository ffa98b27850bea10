using FluentAssertions;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Fixtures.Tests.Targets;

/// <summary>Which cluster a lab is, by the control files of its members.</summary>
public sealed class ClusterIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("srelab-identity-").FullName;

    [Fact]
    public void The_number_in_a_control_file_is_the_right_one()
    {
        Write("pg-2", 7714388115992742620);
        var identity = ClusterIdentity.OfFiles([Data("pg-1"), Data("pg-2")]);

        identity.Expected().Should().Equal("7714388115992742620");
        identity.Invoking(i => i.Demand("7714388115992742620", "127.20.0.10:5432")).Should().NotThrow();
    }

    [Fact]
    public void A_cluster_that_was_made_again_is_the_right_one_from_then_on()
    {
        Write("pg-1", 1);
        var identity = ClusterIdentity.OfFiles([Data("pg-1")]);
        Write("pg-1", 2);

        identity.Expected().Should().Equal("2");
    }

    [Fact]
    public void Another_server_is_named_with_what_was_expected_and_who_says_so()
    {
        Write("pg-1", 1);
        var demand = () => ClusterIdentity.OfFiles([Data("pg-1")]).Demand("2", "127.20.0.10:5432");

        demand.Should().Throw<LabException>().Which.Message.Should()
            .StartWith("wrong server: 127.20.0.10:5432 is not of the cluster that is meant; nothing was changed there.\n").And.Contain("expected     1, by the control files in ").And.Contain("seen         2");
    }

    [Fact]
    public void Nobody_is_right_where_no_member_has_data()
    {
        var demand = () => ClusterIdentity.OfFiles([Data("pg-1")]).Demand("1", "127.20.0.10:5432");

        demand.Should().Throw<LabException>().WithMessage("*unknown: no member has a data folder*");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data(string member) => Path.Combine(_folder, member, "pgdata");

    private void Write(string member, ulong number)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Data(member), "global"));
        File.WriteAllBytes(Path.Combine(folder.FullName, "pg_control"), [.. BitConverter.GetBytes(number), 1, 2, 3]);
    }
}
