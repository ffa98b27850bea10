using FluentAssertions;
using SreLab.Fixtures.Processes;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Tests.Processes;

/// <summary>What of the shell's environment is left for the libraries of this process.</summary>
public sealed class SuiteEnvironmentTests
{
    [Fact]
    public void Nothing_of_libpq_is_left_for_Npgsql_to_read()
    {
        SuiteEnvironment.Isolate();

        Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => n.StartsWith("PG", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("http://127.20.0.10:9090/")]
    [InlineData("http://localhost:8080/")]
    [InlineData("https://[::1]:6443/")]
    public void Nothing_of_this_machine_is_asked_through_a_proxy(string address) => HttpClient.DefaultProxy.IsBypassed(new Uri(address)).Should().BeTrue();

    [Fact]
    public void The_login_of_a_database_of_the_user_s_own_reaches_both_clients_of_it()
    {
        var login = new Dictionary<string, string> { [SuiteEnvironment.Password] = "secret-1", [SuiteEnvironment.PasswordFile] = "/home/me/pgpass" };
        var (places, _) = ExternalPlaces.Read(new() { Database = "postgresql://tester@db-1/lab", Login = login });

        places!.ReadWrite.ForNpgsql().Should().Contain("Password=secret-1").And.NotContain("pgpass");
        places.ReadWrite.ForLibpq().Should().Contain("PGPASSWORD", "secret-1").And.NotContainKey("PGSERVICE");
    }

    [Fact]
    public void A_password_file_reaches_both_clients_where_there_is_no_password()
    {
        var (places, _) = ExternalPlaces.Read(new()
        {
            Database = "postgresql://tester@db-1/lab",
            Login = new Dictionary<string, string> { [SuiteEnvironment.PasswordFile] = "/home/me/pgpass" },
        });

        places!.ReadWrite.ForNpgsql().Should().Contain("Passfile=/home/me/pgpass");
        places.ReadWrite.ForLibpq().Should().Contain("PGPASSFILE", "/home/me/pgpass");
    }
}
