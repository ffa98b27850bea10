using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SreLab.Workloads.ServiceDefaults.Hosting;
using SreLab.Workloads.ServiceDefaults.Metrics;
using SreLab.Workloads.ServiceDefaults.Settings;

namespace SreLab.Workloads.ServiceDefaults.Database;

/// <summary>Adds a database to a service.</summary>
public static class DatabaseServices
{
    /// <summary>Adds the pool, the tables, the calls and the condition that the service is not ready without them.</summary>
    /// <param name="services">Where to add them.</param>
    /// <param name="database">How the database is reached.</param>
    /// <param name="schema">The schema of the service's own tables.</param>
    /// <param name="steps">Holds the steps that make them.</param>
    public static void AddDatabase(this IServiceCollection services, DatabaseSettings database, string schema, Assembly steps)
    {
        services.AddSingleton(p => DataSources.Make(database, p.GetRequiredService<ServiceSettings>().Instance));
        services.AddSingleton(new SchemaMigrations(schema, steps));
        services.AddSingleton<DatabasePreparation>();
        services.AddSingleton<IReadinessCondition>(p => p.GetRequiredService<DatabasePreparation>());
        services.AddHostedService(p => p.GetRequiredService<DatabasePreparation>());
        services.AddSingleton(p => new DatabaseWatch(
            DataSources.MakeWatch(database, p.GetRequiredService<ServiceSettings>().Instance), p.GetRequiredService<ILogger<DatabaseWatch>>()));
        services.AddSingleton<IReadinessCondition>(p => p.GetRequiredService<DatabaseWatch>());
        services.AddHostedService(p => p.GetRequiredService<DatabaseWatch>());
        services.AddSingleton<DatabaseCalls>();
        services.AddSingleton(p => new ConnectionMetrics(p.GetRequiredService<MetricRegistry>()));
    }

    /// <summary>Shows the pool in the metrics.</summary>
    /// <param name="services">The parts of a service with a database.</param>
    public static void ShowDatabase(this IServiceProvider services) => services.GetRequiredService<ConnectionMetrics>();
}
