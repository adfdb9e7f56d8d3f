/// The dashboards of `deploy/grafana` without Grafana: their JSON is read, their queries are put to
/// a Prometheus that has scraped a running platform, and what comes back is drawn as a page.
@NullMarked
package io.strowger.dashboards;

import org.jspecify.annotations.NullMarked;
