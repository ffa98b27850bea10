using FluentAssertions;
using Npgsql;
using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.PaymentProvider;
using SreLab.Workloads.ServiceDefaults.Database;

namespace SreLab.Workloads.Tests.Payments;

public sealed class DatabaseRulesTests
{
    [Theory]
    [InlineData("57P01", true)]
    [InlineData("57P03", true)]
    [InlineData("57014", true)]
    [InlineData("08006", true)]
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
    public void Steps_of_the_tables_are_numbered_without_a_gap()
    {
        var app = new SchemaMigrations("invoicing", typeof(InvoiceService).Assembly);
        var provider = new SchemaMigrations("provider", typeof(ProviderService).Assembly);

        app.Steps.Select(s => s.Version).Should().NotBeEmpty().And.Equal(Enumerable.Range(1, app.Steps.Count));
        provider.Steps.Select(s => s.Version).Should().NotBeEmpty().And.Equal(Enumerable.Range(1, provider.Steps.Count));
    }
}
