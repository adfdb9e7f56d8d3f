/// The topics: name, key, value codec and layout, with no Kafka client behind them.
@NullMarked
package io.strowger.contracts.kafka;

import org.jspecify.annotations.NullMarked;
