namespace SreLab.Fixtures.Targets;

/// <summary>A lab whose platform tells what happens in it: pods, nodes, the cluster's own controller.</summary>
public interface ILabEvents
{
    /// <summary>Writes every event to a file from now on, a JSON object a line.</summary>
    /// <param name="file">It is appended to.</param>
    /// <returns>Ends the writing when disposed.</returns>
    IAsyncDisposable RecordEvents(string file);
}
