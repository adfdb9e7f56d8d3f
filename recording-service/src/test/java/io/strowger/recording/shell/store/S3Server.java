package io.strowger.recording.shell.store;

import io.strowger.runtime.settings.Secret;
import io.strowger.runtime.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/// S3Proxy: a real S3 server, of another make, over a folder. Checks signatures.
final class S3Server implements AutoCloseable {
    static final String BUCKET = "recordings-bucket";
    private static final String ID = "test-key-id";
    private static final String SECRET = "test-secret";
    private final BlobStoreContext blobs;
    private final S3Proxy server;

    private S3Server(BlobStoreContext blobs, S3Proxy server) {
        this.blobs = blobs;
        this.server = server;
    }

    static S3Server start(Path directory) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", directory.toString());
        Files.createDirectories(directory.resolve(BUCKET));
        BlobStoreContext blobs =
                ContextBuilder.newBuilder(new FilesystemNio2BlobApiMetadata())
                        .credentials("none", "none")
                        .overrides(properties)
                        .build(BlobStoreContext.class);
        S3Proxy server =
                S3Proxy.builder()
                        .blobStore(blobs.getBlobStore())
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                        .build();
        server.start();
        return new S3Server(blobs, server);
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getPort();
    }

    Settings.S3 settings() {
        return settings(BUCKET, SECRET);
    }

    Settings.S3 settings(String bucket, String secret) {
        return new Settings.S3(
                endpoint(), "us-east-1", bucket, "calls/", ID, new Secret(secret), true);
    }

    Settings.Container container(String path) {
        return new Settings.Container(
                URI.create(endpoint() + "/" + path), "us-east-1", ID, new Secret(SECRET));
    }

    @Override
    public void close() throws Exception {
        server.stop();
        blobs.close();
    }
}
