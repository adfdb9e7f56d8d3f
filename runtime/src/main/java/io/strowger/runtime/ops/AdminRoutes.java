package io.strowger.runtime.ops;

import io.vertx.ext.web.Router;

/// A service that operators ask things of, on its ops port and, where all services share a process,
/// on the gateway's port. Whoever implements this checks who asks.
public interface AdminRoutes {
    /// Adds what operators may ask, below `/admin/`. Called once for each event loop that serves
    /// requests, before the start or after it.
    void mountAdmin(Router router);
}
