using FluentAssertions;
using Npgsql;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Tests.Targets.External;

public sealed class DatabaseUrlTests
{
    private const string Password = "p@ss/w:ord?";

    [Fact]
    public void A_URL_reads_the_same_for_both_clients()
    {
        var url = Read("postgresql://own%2Der:p%40ss%2Fw%3Aord%3F@db-1:6432,[::1]/app?sslmode=verify-full&sslrootcert=%2Fca.crt");
        var npgsql = new NpgsqlConnectionStringBuilder(url.ForNpgsql());
        var libpq = url.ForLibpq();

        npgsql.Host.Should().Be("db-1:6432,::1:5432");
        npgsql.TargetSessionAttributes.Should().Be("primary");
        (npgsql.Username, npgsql.Password, npgsql.Database).Should().Be(("own-er", Password, "app"));
        (npgsql.SslMode, npgsql.RootCertificate, npgsql.Pooling).Should().Be((SslMode.VerifyFull, "/ca.crt", false));
        libpq["PGHOST"].Should().Be("db-1,::1");
        libpq["PGPORT"].Should().Be("6432,5432");
        (libpq["PGUSER"], libpq["PGPASSWORD"], libpq["PGDATABASE"]).Should().Be(("own-er", Password, "app"));
        (libpq["PGSSLMODE"], libpq["PGSSLROOTCERT"], libpq["PGTARGETSESSIONATTRS"]).Should().Be(("verify-full", "/ca.crt", "primary"));
    }

    [Fact]
    public void Without_a_password_both_clients_look_where_they_always_do()
    {
        var url = Read("postgres://owner@db/app");

        new NpgsqlConnectionStringBuilder(url.ForNpgsql()).Password.Should().BeNull();
        url.ForLibpq().Should().NotContainKey("PGPASSWORD");
        (url.SslMode, url.DemandsTls).Should().Be(("prefer", false));
    }

    [Fact]
    public void Its_text_never_holds_the_password() =>
        Read("postgresql://owner:secret-1@db/app?sslmode=require").ToString().Should().Be("postgresql://owner@db:5432/app?sslmode=require");

    [Theory]
    [InlineData("Host=db;Password=secret-1", "is no URL of PostgreSQL")]
    [InlineData("mysql://owner:secret-1@db/app", "is no URL of PostgreSQL")]
    [InlineData("postgresql://owner:secret-1@db", "names no database")]
    [InlineData("postgresql://owner:secret-1@db/", "names no database")]
    [InlineData("postgresql://db/app", "names no user")]
    [InlineData("postgresql://owner:secret-1@/app", "has no host")]
    [InlineData("postgresql://owner:secret-1@db:0/app", "has a port that is no number from 1 to 65535")]
    [InlineData("postgresql://owner:secret-1@db:pg/app", "has a port that is no number from 1 to 65535")]
    [InlineData("postgresql://owner:secret-1@db/app?sslmode=on", "has another sslmode than disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("postgresql://owner:secret-1@db/app?options=-c", "has a parameter that is not known here")]
    [InlineData("postgresql://owner:secret-1@db/app?target_session_attrs=standby", "has another target_session_attrs")]
    public void What_is_wrong_is_named_without_repeating_the_text(string text, string problem)
    {
        var (url, told) = DatabaseUrlText.Read(text);

        url.Should().BeNull();
        told.Should().StartWith(problem).And.EndWith(DatabaseUrlText.Shape).And.NotContain("secret-1");
    }

    internal static DatabaseUrl Read(string text) => DatabaseUrlText.Read(text).Url ?? throw new InvalidOperationException(DatabaseUrlText.Read(text).Problem);
}
