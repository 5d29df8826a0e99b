CREATE TABLE flights (
    time_hour TIMESTAMP NOT NULL CHECK (time_hour = date_trunc('hour', time_hour)),
    carrier VARCHAR NOT NULL,
    flight INTEGER NOT NULL CHECK (flight > 0),
    origin VARCHAR NOT NULL,
    sched_dep_time INTEGER NOT NULL CHECK (sched_dep_time BETWEEN 0 AND 2359 AND sched_dep_time % 100 < 60),
    dep_delay INTEGER CHECK (dep_delay > -120),
    air_time INTEGER CHECK (air_time > 0),
    PRIMARY KEY (carrier, flight, origin, time_hour),
    CHECK (air_time IS NULL OR dep_delay IS NOT NULL)
);
