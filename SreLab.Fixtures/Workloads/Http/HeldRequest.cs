using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SreLab.Fixtures.Workloads.Http;

/// <summary>A request that is in flight for as long as its sender likes: the server has its headers and half of its body.</summary>
/// <remarks>What happens to a request at a moment that lasts milliseconds is left to chance; what happens to this one is not.</remarks>
internal sealed class HeldRequest : IAsyncDisposable
{
    private readonly HttpClients _clients = new();
    private readonly HalfSent _content;
    private readonly CancellationTokenSource _deadline;
    private readonly Task<string> _answer;

    private HeldRequest(Uri address, string body, TimeSpan deadline)
    {
        _deadline = new CancellationTokenSource(deadline);
        _content = new HalfSent(body);
        _answer = SendAsync(address);
    }

    /// <summary>Begins a POST, and returns when half of its body was sent or it cannot be.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="body">JSON; at least two bytes.</param>
    /// <param name="deadline">When it is given up.</param>
    public static async Task<HeldRequest> BeginAsync(Uri address, string body, TimeSpan deadline)
    {
        var request = new HeldRequest(address, body, deadline);
        await Task.WhenAny(request._content.HalfWasSent, request._answer);
        return request;
    }

    /// <summary>Sends the rest.</summary>
    /// <returns>The status, or why there is none.</returns>
    public Task<string> FinishAsync()
    {
        _content.SendRest();
        return _answer;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _deadline.CancelAsync();
        await _answer;
        _deadline.Dispose();
        _content.Dispose();
        _clients.Dispose();
    }

    private async Task<string> SendAsync(Uri address)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = _content };
            using var response = await _clients.For(onNewConnection: true).SendAsync(request, _deadline.Token);
            return FormattableString.Invariant($"{(int)response.StatusCode}");
        }
        catch (Exception e)
        {
            return e is OperationCanceledException ? "timed out" : HttpClients.Name(e);
        }
    }

    private sealed class HalfSent : HttpContent
    {
        private readonly byte[] _body;
        private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HalfSent(string body)
        {
            _body = Encoding.UTF8.GetBytes(body);
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        public Task HalfWasSent => _half.Task;

        public void SendRest() => _rest.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var half = _body.Length / 2;
            await stream.WriteAsync(_body.AsMemory(0, half), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _half.TrySetResult();
            await _rest.Task.WaitAsync(cancellationToken);
            await stream.WriteAsync(_body.AsMemory(half), cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
