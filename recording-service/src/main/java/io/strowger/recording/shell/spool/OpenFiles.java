package io.strowger.recording.shell.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/// A bounded number of files that are open for writing; the one that was used longest ago makes
/// room. For one thread.
final class OpenFiles implements AutoCloseable {
    private static final int INITIAL = 64;
    private static final float LOAD = 0.75f;
    private final int most;
    private final LinkedHashMap<Path, FileChannel> files = new LinkedHashMap<>(INITIAL, LOAD, true);

    OpenFiles(int most) {
        this.most = most;
    }

    /// The file, made when it is missing. Not to be closed by the caller, nor kept.
    FileChannel open(Path file) throws IOException {
        FileChannel open = files.get(file);
        if (open != null) {
            return open;
        }
        if (files.size() >= most) {
            Iterator<FileChannel> eldest = files.values().iterator();
            FileChannel closing = eldest.next();
            eldest.remove();
            closing.close();
        }
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        files.put(file, opened);
        return opened;
    }

    /// Closes the files of a folder.
    void closeIn(Path folder) throws IOException {
        Iterator<Map.Entry<Path, FileChannel>> entries = files.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Path, FileChannel> entry = entries.next();
            if (folder.equals(entry.getKey().getParent())) {
                entries.remove();
                entry.getValue().close();
            }
        }
    }

    int size() {
        return files.size();
    }

    @Override
    public void close() throws IOException {
        for (FileChannel file : files.values()) {
            file.close();
        }
        files.clear();
    }
}
