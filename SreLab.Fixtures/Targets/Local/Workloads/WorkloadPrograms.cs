using System.Globalization;
using System.Text;
using Npgsql;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local.Workloads;

/// <summary>What the supervisor runs for the sample workloads: command lines and variables, from the plan alone.</summary>
/// <param name="home">The lab.</param>
/// <param name="network">Its addresses.</param>
/// <param name="user">As whom the programs run.</param>
/// <param name="database">To the read-write endpoint; its user and password are replaced.</param>
internal sealed class WorkloadPrograms(LabHome home, LabNetwork network, RunAsUser user, NpgsqlConnectionStringBuilder database)
{
    /// <summary>Out of the load balancer within its check's interval; the rest lets requests on the way arrive.</summary>
    private const string SidecarDrainSeconds = "1";

    /// <summary>Longer than its sidecar's, which sends it requests to the end.</summary>
    private const string ServiceDrainSeconds = "2";

    /// <summary>Every program with its section of the supervisor's configuration.</summary>
    /// <param name="plan">Which defects.</param>
    /// <param name="builds">What identifies the build of each service: another one is another program.</param>
    /// <exception cref="LabException">The .NET host is missing, or its user may not run it.</exception>
    public IReadOnlyDictionary<string, string> Write(WorkloadPlan plan, IReadOnlyDictionary<string, string> builds)
    {
        var host = DotnetHost.Require(user);
        var sections = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [ProgramNames.Balancer] = new SupervisedSection(
                home, user, ProgramNames.Balancer, home.Workloads, [InstalledPrograms.Require("haproxy"), "-db", "-f", BalancerConfiguration.PathIn(home)]).Write(),
        };
        foreach (var (instance, address) in network.Workloads)
        {
            var defects = plan.Defects.GetValueOrDefault(instance) ?? [];
            var service = instance == ProgramNames.Provider ? "PaymentProvider" : "InvoiceApp";
            Add(ProgramNames.Service(instance), service, ServiceVariables(instance, address), defects.Where(d => !WorkloadDefects.IsOfSidecar(d)));
            Add(ProgramNames.Sidecar(instance), "EdgeProxy", SidecarVariables(instance, address), defects.Where(WorkloadDefects.IsOfSidecar));
        }

        return sections;

        void Add(string program, string service, Dictionary<string, string> variables, IEnumerable<string> defects)
        {
            foreach (var (name, value) in plan.Environment)
            {
                variables[name] = value;
            }

            if (string.Join(',', defects) is { Length: > 0 } listed)
            {
                variables["DEFECT"] = listed;
            }

            var assembly = Path.Combine(WorkloadFiles.FolderOf(home, service), WorkloadFiles.Assemblies[service]);
            var section = new SupervisedSection(home, user, program, FolderOf(home, program), [host, assembly]) { Environment = Variables(variables) };
            sections[program] = $"; build {builds[service]}\n{section.Write()}";
        }
    }

    /// <summary>A program's working folder.</summary>
    public static string FolderOf(LabHome home, string program) => Path.Combine(home.Workloads, program);

    private Dictionary<string, string> ServiceVariables(string instance, string address)
    {
        var isProvider = instance == ProgramNames.Provider;
        var role = isProvider ? Names.PaymentProvider : Names.InvoiceApp;
        var variables = Common(instance, address, LabNetwork.Service, ServiceDrainSeconds);
        variables["MINIMUM_UPTIME_SECONDS"] = "1";
        variables["DATABASE_CONNECTION"] = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = role,
            Password = null,
            ApplicationName = instance,
            Pooling = true,
            Timeout = 3,
            CommandTimeout = 5,
            MaxPoolSize = 20,
        }.ConnectionString;
        variables["DATABASE_PASSWORD_FILE"] = home.Secret(role);
        variables["PAYMENT_TOKEN_FILE"] = home.Secret(Names.PaymentToken);
        if (!isProvider)
        {
            variables["PAYMENT_PROVIDER_URL"] = LabNetwork.Url(network.Workloads[ProgramNames.Provider], LabNetwork.Sidecar).ToString();
        }

        return variables;
    }

    private static Dictionary<string, string> SidecarVariables(string instance, string address)
    {
        var variables = Common(instance, address, LabNetwork.Sidecar, SidecarDrainSeconds);
        variables["UPSTREAM_URL"] = LabNetwork.Url(address, LabNetwork.Service).ToString();
        return variables;
    }

    private static Dictionary<string, string> Common(string instance, string address, int port, string drainSeconds) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}"),
        ["SERVICE_INSTANCE"] = instance,
        ["DRAIN_SECONDS"] = drainSeconds,
        ["DOTNET_EnableDiagnostics"] = "0",
    };

    /// <summary>As the supervisor's configuration has them; it knows no way to write a quotation mark inside of one.</summary>
    private static string Variables(Dictionary<string, string> variables)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            if (value.AsSpan().ContainsAny("\"\n"))
            {
                throw new LabException($"workloads refused: the variable {name} holds a quotation mark or a line break; nothing was touched.");
            }

            text.Append(CultureInfo.InvariantCulture, $",{name}=\"{value}\"");
        }

        return text.ToString();
    }
}
