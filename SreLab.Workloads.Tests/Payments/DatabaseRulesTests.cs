using FluentAssertions;
using Npgsql;
using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.PaymentProvider;
using SreLab.Workloads.ServiceDefaults.Database;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.Tests.Payments;

public sealed class DatabaseRulesTests
{
    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("57014", true)]
    [InlineData("08006", true)]
    [InlineData("28000", true)]
    [InlineData("53300", true)]
    [InlineData("25006", true)]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("23505", false)]
    [InlineData("42P01", false)]
    [InlineData("22012", false)]
    public void A_database_that_is_away_is_told_from_a_wrong_statement(string state, bool isUnavailable) =>
        DatabaseFailure.IsUnavailable(new PostgresException("text", "ERROR", "ERROR", state)).Should().Be(isUnavailable);

    [Fact]
    public void A_broken_connection_is_a_database_that_is_away()
    {
        DatabaseFailure.IsUnavailable(new NpgsqlException("broke", new IOException())).Should().BeTrue();
        DatabaseFailure.IsUnavailable(new InvalidOperationException()).Should().BeFalse();
    }

    [Fact]
    public void The_pool_is_made_for_a_database_that_fails_over_unless_the_connection_string_says_otherwise()
    {
        using var made = DataSources.Make(new DatabaseSettings("Host=db;Database=shop;Username=app;MaxPoolSize=7;Command Timeout=9", "none"), "one");
        var pool = new NpgsqlConnectionStringBuilder(made.ConnectionString);

        (pool.MaxPoolSize, pool.CommandTimeout).Should().Be((7, 9));
        (pool.Timeout, pool.ConnectionIdleLifetime, pool.ConnectionPruningInterval, pool.MaxAutoPrepare, pool.ApplicationName).Should().Be((3, 30, 5, 20, "one"));
    }

    [Fact]
    public void Of_several_hosts_the_one_that_takes_writes_is_used()
    {
        using var made = DataSources.Make(new DatabaseSettings("Host=one,two;Database=shop;Username=app", "none"), "one");

        new NpgsqlConnectionStringBuilder(made.ConnectionString).Host.Should().Be("one,two");
    }

    [Fact]
    public void Steps_of_the_tables_are_numbered_without_a_gap()
    {
        var app = new SchemaMigrations("invoicing", typeof(InvoiceService).Assembly);
        var provider = new SchemaMigrations("provider", typeof(ProviderService).Assembly);

        app.Steps.Select(s => s.Version).Should().NotBeEmpty().And.Equal(Enumerable.Range(1, app.Steps.Count));
        provider.Steps.Select(s => s.Version).Should().NotBeEmpty().And.Equal(Enumerable.Range(1, provider.Steps.Count));
    }
}
