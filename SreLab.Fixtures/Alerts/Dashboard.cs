using System.Text.Json;
using System.Text.Json.Nodes;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Alerts;

/// <summary>A Grafana dashboard as its file says.</summary>
/// <param name="File">File name, without its folder.</param>
/// <param name="Uid">Id that links use.</param>
/// <param name="Title">Title.</param>
/// <param name="SchemaVersion">Version of Grafana's dashboard schema.</param>
/// <param name="Variables">What a reader chooses at the top.</param>
/// <param name="Annotations">Marks over all panels, each with its name as legend.</param>
/// <param name="Links">Addresses that lead away from the dashboard.</param>
/// <param name="Panels">Panels, rows among them; those of a collapsed row follow it.</param>
public sealed record Dashboard(
    string File,
    string Uid,
    string Title,
    int SchemaVersion,
    IReadOnlyList<DashboardVariable> Variables,
    IReadOnlyList<DashboardQuery> Annotations,
    IReadOnlyList<string> Links,
    IReadOnlyList<DashboardPanel> Panels)
{
    /// <summary>Every dashboard there is.</summary>
    /// <exception cref="LabException">A file is no dashboard.</exception>
    public static IReadOnlyList<Dashboard> LoadAll(ObservabilityFiles files) => [.. files.Dashboards.Select(Load)];

    /// <summary>Reads one.</summary>
    /// <exception cref="LabException">It is no dashboard.</exception>
    public static Dashboard Load(string file) => Parse(Path.GetFileName(file), System.IO.File.ReadAllText(file));

    /// <summary>Reads one.</summary>
    /// <param name="file">Name for errors.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="LabException">It is no dashboard.</exception>
    public static Dashboard Parse(string file, string json)
    {
        try
        {
            var root = JsonNode.Parse(json)!.AsObject();
            return new Dashboard(
                file,
                Text(root["uid"]),
                Text(root["title"]),
                (int)root["schemaVersion"]!,
                [.. Each(root["templating"]?["list"]).Select(VariableOf)],
                [.. Each(root["annotations"]?["list"]).Where(a => Text(a["expr"]).Length > 0).Select(MarkOf)],
                [.. Each(root["links"]).Select(l => Text(l["url"]))],
                [.. Each(root["panels"]).SelectMany(p => Each(p["panels"]).Prepend(p)).Select(PanelOf)]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw new LabException($"dashboard unreadable: {file}: {e.Message}", e);
        }
    }

    private static DashboardVariable VariableOf(JsonNode node) => new(
        Text(node["name"]), Text(node["type"]), node["query"] is JsonObject query ? Text(query["query"]) : Text(node["query"]), Text(node["datasource"]?["uid"]));

    private static DashboardPanel PanelOf(JsonNode node)
    {
        var defaults = node["fieldConfig"]?["defaults"];
        var place = node["gridPos"]!;
        return new DashboardPanel(
            (int)node["id"]!,
            Text(node["title"]),
            Text(node["type"]),
            Text(node["description"]),
            Text(defaults?["unit"]),
            Text(node["datasource"]?["uid"]),
            new PanelPlace((int)place["x"]!, (int)place["y"]!, (int)place["w"]!, (int)place["h"]!),
            [.. Each(node["targets"]).Select(QueryOf)],
            [.. Each(defaults?["thresholds"]?["steps"]).Where(s => s["value"] is not null).Select(s => (double)s["value"]!)],
            [.. Each(defaults?["links"]).Concat(Each(node["links"])).Select(l => Text(l["url"]))]);
    }

    private static DashboardQuery QueryOf(JsonNode node) => new(
        Text(node["expr"]).Trim(), Text(node["legendFormat"]), (bool?)node["instant"] ?? false, Text(node["datasource"]?["uid"]));

    private static DashboardQuery MarkOf(JsonNode node) => QueryOf(node) with { Legend = Text(node["name"]) };

    private static IEnumerable<JsonNode> Each(JsonNode? list) => list is JsonArray array ? array.Select(n => n!) : [];

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>What a reader chooses at the top of a dashboard.</summary>
/// <param name="Name">Its name in queries, without the dollar sign.</param>
/// <param name="Type">datasource, query and so on.</param>
/// <param name="Query">For a query, <c>label_values(selector, label)</c>.</param>
/// <param name="DataSource">Which data source is asked.</param>
public sealed record DashboardVariable(string Name, string Type, string Query, string DataSource);

/// <summary>One query.</summary>
/// <param name="Expression">PromQL with variables.</param>
/// <param name="Legend">Name of a series.</param>
/// <param name="IsInstant">Whether only the newest value is asked for.</param>
/// <param name="DataSource">Which data source is asked.</param>
public sealed record DashboardQuery(string Expression, string Legend, bool IsInstant, string DataSource);

/// <summary>Where a panel lies; a dashboard is 24 wide.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
public sealed record PanelPlace(int X, int Y, int Width, int Height)
{
    /// <summary>Whether both cover a cell.</summary>
    public bool Overlaps(PanelPlace other) =>
        X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
}

/// <summary>One panel.</summary>
/// <param name="Id">Unique within the dashboard.</param>
/// <param name="Title">Title.</param>
/// <param name="Type">stat, timeseries, row and so on.</param>
/// <param name="Description">What it tells, for whoever sees it the first time.</param>
/// <param name="Unit">Grafana's id of the unit.</param>
/// <param name="DataSource">Which data source is asked.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Queries">What it shows.</param>
/// <param name="Thresholds">Values at which its colour changes, without the base.</param>
/// <param name="Links">Addresses that it leads to.</param>
public sealed record DashboardPanel(
    int Id,
    string Title,
    string Type,
    string Description,
    string Unit,
    string DataSource,
    PanelPlace Place,
    IReadOnlyList<DashboardQuery> Queries,
    IReadOnlyList<double> Thresholds,
    IReadOnlyList<string> Links)
{
    /// <summary>Whether it is the heading of a row.</summary>
    public bool IsRow => Type == "row";
}
