package io.strowger.gateway.shell.http;

import java.time.Duration;

/// What one client may take of the server.
///
/// @param request from the first byte of a connection to the end of its first head, and from each
///   head to the end of its body; then 408
/// @param keepAlive from one response to the next head; then the connection is closed
/// @param linger how long a refused body is still read, so that its sender sees the response
/// @param maxBodyBytes above: 413
/// @param maxHeaderBytes all headers of a request; above: 431
/// @param maxLineBytes the request line; above: 414
public record HttpLimits(
        Duration request,
        Duration keepAlive,
        Duration linger,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxLineBytes) {
    /// @param maxBodyBytes as set
    public static HttpLimits usual(int maxBodyBytes) {
        return new HttpLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(2),
                maxBodyBytes,
                16 * 1024,
                8 * 1024);
    }
}
