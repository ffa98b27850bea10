using Microsoft.AspNetCore.Http;
using SreLab.Workloads.ServiceDefaults.Hosting;

namespace SreLab.Workloads.ServiceDefaults.Http;

/// <summary>Refuses a body that is too large, so that the client gets to read why.</summary>
/// <remarks>
/// The server's own limit ends the connection with what the client still sends unread. The kernel then answers the rest with a reset, on which the
/// client's kernel throws away the 413 that had already arrived: whether it is read is a race. So this limit is below the server's: the answer is
/// sent, and the server reads on and discards up to its own limit, for five seconds, before the connection is used again or closed.
/// </remarks>
internal sealed class BodyLimitMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength > ServiceHost.LargestBody)
        {
            throw TooLarge();
        }

        if (context.Request.ContentLength is null)
        {
            context.Request.Body = new LimitedBody(context.Request.Body);
        }

        return next(context);
    }

    private static BadHttpRequestException TooLarge() =>
        new(FormattableString.Invariant($"the body is larger than {ServiceHost.LargestBody} bytes"), StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body whose length nobody told: it is counted while it is read.</summary>
    private sealed class LimitedBody(Stream body) : Stream
    {
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Count(await body.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => Count(body.Read(buffer, offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private int Count(int bytes) => (_read += bytes) > ServiceHost.LargestBody ? throw TooLarge() : bytes;
    }
}
