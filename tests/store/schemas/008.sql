-- A workspace as version 8 of the schema left it: sqlite3's .dump. Never changed; a new version gets a file of its own.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE schema_history (version INTEGER PRIMARY KEY, compatible_from INTEGER NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL);
INSERT INTO schema_history VALUES(1,1,'001_initial','911dcf646c3ff1ea3dad899af6912e9b92d81f04d0fd954b18e2976e324aeef8',1795262894031);
INSERT INTO schema_history VALUES(2,1,'002_matching','4736752ccee94f87ad1f8fb7f47b9e6df5b4badb5a89479e61000a07b4d05b4e',1795262894033);
INSERT INTO schema_history VALUES(3,1,'003_job_rate','262a61fdf6158179dea75678bd6a226e8c3826248d97ba4527e7bcce544ad265',1795262894034);
INSERT INTO schema_history VALUES(4,1,'004_allowances','1141936931a1f4e4acb703fed1ba66a973dc5612a8a62504333e1cb1da78215e',1795262894035);
INSERT INTO schema_history VALUES(5,1,'005_comments','20f6848da1f1ea699ee5281b37f3fd6a5b576d07e2a963eb7628ac76b082000e',1795262894036);
INSERT INTO schema_history VALUES(6,6,'006_page_list','0ef84dc38240d405a393bc05b863a3218629c5b56a0a2be83114ae84b8e801a9',1795262894037);
INSERT INTO schema_history VALUES(7,6,'007_model_scores','311246b4dee6c18da2419f5eb0f485bd62fc30f5702f3a4c7b8bef573383fba9',1795262895037);
INSERT INTO schema_history VALUES(8,6,'008_scrubs','48f25c543101335d3c53b3137b81cdb95f797f091b97717be03d9a298b9bc941',1795262895038);
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);
INSERT INTO settings VALUES('studio.session','{"value":{"drawer":false,"geometry":[2,2,1600,940],"maximized":false,"page":"moderation","pages":{"moderation":{"state":{"asset":"","autoAdvance":true,"muted":false,"queue":0,"splitter":[272,838,412]},"view":"review"},"opening":{"state":{},"view":""}},"recent":[],"version":1}}',1795262964366);
CREATE TABLE people (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    roles TEXT NOT NULL
);
INSERT INTO people VALUES('01a1fe01-cfef-7003-9a7b-2383656cb9cf','root','["moderator","publisher","content_manager","auditor"]');
CREATE TABLE profiles (
    name TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
);
INSERT INTO profiles VALUES('local','{"kind":"local","name":"local","person":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","url":""}');
CREATE TABLE assets (
    id TEXT NOT NULL PRIMARY KEY,
    title_id TEXT,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    original_name TEXT NOT NULL,
    facts TEXT,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL DEFAULT 0,
    ingested_at INTEGER NOT NULL,
    duplicate_of TEXT REFERENCES assets (id)
, model_score REAL);
INSERT INTO assets VALUES('01a1fe01-d0a5-7002-99e2-b0e685394b2c','01a1fe01-d0a5-7001-969a-c9449f8cea2a','c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459',101690,'c1.mp4','{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]}','rejected',0,1795262894246,NULL,0.75);
INSERT INTO assets VALUES('01a1fe01-d179-7004-8687-e6c753f8cfef','01a1fe01-d179-7003-8719-74cd6e7d1034','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91',101690,'c2.mp4','{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]}','passed',0,1795262894458,NULL,NULL);
INSERT INTO assets VALUES('01a1fe01-d219-7001-b726-b234b3ca1824','01a1fe01-d219-7000-916e-3142b698ff21','5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523',101690,'c3.mp4','{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]}','escalated',0,1795262894617,NULL,NULL);
CREATE TABLE reports (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    profile TEXT NOT NULL,
    verdict TEXT NOT NULL,
    report TEXT NOT NULL,
    measurements TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, profile)
);
INSERT INTO reports VALUES('01a1fe01-d0a5-7002-99e2-b0e685394b2c','web','warn','{"checks":[{"findings":[],"id":"black","measured":{"black_s":0},"result":"pass","threshold":{"min_duration":0.5,"min_share":0.98,"pixel_level":0.1}},{"findings":[],"id":"freeze","measured":{"freeze_s":0},"result":"pass","threshold":{"max_difference":0.001,"min_duration":2}},{"findings":[],"id":"letterbox","measured":{"changes":0},"result":"pass","threshold":{"min_bar":0.02,"min_duration":1,"report_constant":1,"tolerance":4,"uncentred_min_duration":10}},{"findings":[{"detail":"too_quiet","end":1.088889,"first_frame":-1,"last_frame":-1,"measured":{"integrated_lufs":-62.989589},"severity":"warn","start":0.067211}],"id":"loudness","measured":{"integrated_lufs":-62.989589,"max_momentary_lufs":-62.822405,"range_lu":0},"result":"warn","threshold":{"max_momentary":10,"max_range":50,"max_short_term":10,"target":-16,"tolerance":4}},{"findings":[],"id":"true_peak","measured":{"over_s":0,"true_peak_dbtp":-20},"result":"pass","threshold":{"max_level":-1}},{"findings":[],"id":"silence","measured":{"silence_s":0},"result":"pass","threshold":{"channel_min_duration":2,"max_level":-60,"min_duration":2}},{"findings":[],"id":"duration","measured":{"declared_difference_s":0,"declared_duration_s":1.088889,"picture_end_s":1.001,"sound_end_s":1.088889,"sound_long_s":0.087889,"sound_short_frames":0,"tail_end_s":1.088889,"tail_start_s":1.001},"result":"pass","threshold":{"max_declared_difference":1,"max_long":2,"max_short":2}},{"findings":[],"id":"decode_errors","measured":{"damaged_frames":0,"damaged_ranges":0,"damaged_s":0},"result":"pass","threshold":{"max_damaged":0}}],"duration":1.088889,"frames":30,"profile":"web","schema":"vidimus.check/1","verdict":"warn"}','{}',1795262895060);
INSERT INTO reports VALUES('01a1fe01-d179-7004-8687-e6c753f8cfef','web','warn','{"checks":[{"findings":[],"id":"black","measured":{"black_s":0},"result":"pass","threshold":{"min_duration":0.5,"min_share":0.98,"pixel_level":0.1}},{"findings":[],"id":"freeze","measured":{"freeze_s":0},"result":"pass","threshold":{"max_difference":0.001,"min_duration":2}},{"findings":[],"id":"letterbox","measured":{"changes":0},"result":"pass","threshold":{"min_bar":0.02,"min_duration":1,"report_constant":1,"tolerance":4,"uncentred_min_duration":10}},{"findings":[{"detail":"too_quiet","end":1.088889,"first_frame":-1,"last_frame":-1,"measured":{"integrated_lufs":-62.989589},"severity":"warn","start":0.067211}],"id":"loudness","measured":{"integrated_lufs":-62.989589,"max_momentary_lufs":-62.822405,"range_lu":0},"result":"warn","threshold":{"max_momentary":10,"max_range":50,"max_short_term":10,"target":-16,"tolerance":4}},{"findings":[],"id":"true_peak","measured":{"over_s":0,"true_peak_dbtp":-20},"result":"pass","threshold":{"max_level":-1}},{"findings":[],"id":"silence","measured":{"silence_s":0},"result":"pass","threshold":{"channel_min_duration":2,"max_level":-60,"min_duration":2}},{"findings":[],"id":"duration","measured":{"declared_difference_s":0,"declared_duration_s":1.088889,"picture_end_s":1.001,"sound_end_s":1.088889,"sound_long_s":0.087889,"sound_short_frames":0,"tail_end_s":1.088889,"tail_start_s":1.001},"result":"pass","threshold":{"max_declared_difference":1,"max_long":2,"max_short":2}},{"findings":[],"id":"decode_errors","measured":{"damaged_frames":0,"damaged_ranges":0,"damaged_s":0},"result":"pass","threshold":{"max_damaged":0}}],"duration":1.088889,"frames":30,"profile":"web","schema":"vidimus.check/1","verdict":"warn"}','{}',1795262895551);
INSERT INTO reports VALUES('01a1fe01-d219-7001-b726-b234b3ca1824','web','warn','{"checks":[{"findings":[],"id":"black","measured":{"black_s":0},"result":"pass","threshold":{"min_duration":0.5,"min_share":0.98,"pixel_level":0.1}},{"findings":[],"id":"freeze","measured":{"freeze_s":0},"result":"pass","threshold":{"max_difference":0.001,"min_duration":2}},{"findings":[],"id":"letterbox","measured":{"changes":0},"result":"pass","threshold":{"min_bar":0.02,"min_duration":1,"report_constant":1,"tolerance":4,"uncentred_min_duration":10}},{"findings":[{"detail":"too_quiet","end":1.088889,"first_frame":-1,"last_frame":-1,"measured":{"integrated_lufs":-62.989589},"severity":"warn","start":0.067211}],"id":"loudness","measured":{"integrated_lufs":-62.989589,"max_momentary_lufs":-62.822405,"range_lu":0},"result":"warn","threshold":{"max_momentary":10,"max_range":50,"max_short_term":10,"target":-16,"tolerance":4}},{"findings":[],"id":"true_peak","measured":{"over_s":0,"true_peak_dbtp":-20},"result":"pass","threshold":{"max_level":-1}},{"findings":[],"id":"silence","measured":{"silence_s":0},"result":"pass","threshold":{"channel_min_duration":2,"max_level":-60,"min_duration":2}},{"findings":[],"id":"duration","measured":{"declared_difference_s":0,"declared_duration_s":1.088889,"picture_end_s":1.001,"sound_end_s":1.088889,"sound_long_s":0.087889,"sound_short_frames":0,"tail_end_s":1.088889,"tail_start_s":1.001},"result":"pass","threshold":{"max_declared_difference":1,"max_long":2,"max_short":2}},{"findings":[],"id":"decode_errors","measured":{"damaged_frames":0,"damaged_ranges":0,"damaged_s":0},"result":"pass","threshold":{"max_damaged":0}}],"duration":1.088889,"frames":30,"profile":"web","schema":"vidimus.check/1","verdict":"warn"}','{}',1795262896065);
CREATE TABLE decisions (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    asset_id TEXT NOT NULL REFERENCES assets (id),
    asset_sha256 TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO decisions VALUES(1,'01a1fe02-d673-7002-afbd-0f10abbb8c49','01a1fe01-d0a5-7002-99e2-b0e685394b2c','c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459','reject','nudity.explicit','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262961266,'committed','{"asset":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","asset_sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","at":"2026-11-21T12:09:21.266Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d673-7002-afbd-0f10abbb8c49","note":"","policy_version":"1","reason":"nudity.explicit","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"reject"}');
INSERT INTO decisions VALUES(2,'01a1fe02-d7a2-7000-af66-9ed077eca745','01a1fe01-d219-7001-b726-b234b3ca1824','5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523','escalate','spam.repetitive','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262961570,'committed','{"asset":"01a1fe01-d219-7001-b726-b234b3ca1824","asset_sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","at":"2026-11-21T12:09:21.570Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d7a2-7000-af66-9ed077eca745","note":"","policy_version":"1","reason":"spam.repetitive","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"escalate"}');
INSERT INTO decisions VALUES(3,'01a1fe02-d81f-7001-b6c8-4782cc00ac6a','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262961695,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.695Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d81f-7001-b6c8-4782cc00ac6a","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(4,'01a1fe02-d8d2-7002-bb6e-35a0cbe870d4','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262961874,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.874Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d8d2-7002-bb6e-35a0cbe870d4","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(5,'01a1fe02-dc66-7002-a3bf-a362c14503de','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262962790,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:22.790Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dc66-7002-a3bf-a362c14503de","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(6,'01a1fe02-dff6-7003-a96f-a677df83a2f3','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262963702,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:23.702Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dff6-7003-a96f-a677df83a2f3","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(7,'01a1fe02-e386-7003-a5ef-8fe19b4c8d61','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262964614,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:24.614Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e386-7003-a5ef-8fe19b4c8d61","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(8,'01a1fe02-e71a-7001-bd0b-e679a922f6b8','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262965530,'undone','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:25.530Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e71a-7001-bd0b-e679a922f6b8","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"}');
INSERT INTO decisions VALUES(9,'01a1fe02-eab1-7003-9c24-f0206a598f69','01a1fe01-d179-7004-8687-e6c753f8cfef','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','pass','','01a1fe01-cfef-7003-9a7b-2383656cb9cf',1795262966442,'committed','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:26.442Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-eab1-7003-9c24-f0206a598f69","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"}');
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    payload TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    state TEXT NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT,
    server_state TEXT,
    claimed_at INTEGER,
    done_at INTEGER
);
INSERT INTO outbox VALUES(1,'01a1fe01-d0a6-7004-b134-c3901559aa82','01a1fe01-d0a5-7001-969a-c9449f8cea2a','upsert_title',NULL,'{"id":"01a1fe01-d0a5-7001-969a-c9449f8cea2a","name":"c1","rights":{"kind":"clip","name":"c1"}}',1795262894246,1795262894246,0,'done',NULL,NULL,NULL,NULL,1795262894828,1795262894860);
INSERT INTO outbox VALUES(2,'01a1fe01-d0a6-7005-9809-82d3c9d1a070','01a1fe01-d0a5-7001-969a-c9449f8cea2a','register_asset',NULL,'{"bytes":101690,"facts":{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]},"file_name":"c1.mp4","id":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","title":"01a1fe01-d0a5-7001-969a-c9449f8cea2a"}',1795262894246,1795262894246,0,'done',NULL,NULL,NULL,NULL,1795262894899,1795262894909);
INSERT INTO outbox VALUES(3,'01a1fe01-d17c-7004-8dbc-34f342b61441','01a1fe01-d179-7003-8719-74cd6e7d1034','upsert_title',NULL,'{"id":"01a1fe01-d179-7003-8719-74cd6e7d1034","name":"c2","rights":{"kind":"clip","name":"c2"}}',1795262894459,1795262894459,0,'done',NULL,NULL,NULL,NULL,1795262894828,1795262894877);
INSERT INTO outbox VALUES(4,'01a1fe01-d17c-7005-a24a-e2030f126843','01a1fe01-d179-7003-8719-74cd6e7d1034','register_asset',NULL,'{"bytes":101690,"facts":{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]},"file_name":"c2.mp4","id":"01a1fe01-d179-7004-8687-e6c753f8cfef","sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","title":"01a1fe01-d179-7003-8719-74cd6e7d1034"}',1795262894459,1795262894459,0,'done',NULL,NULL,NULL,NULL,1795262894899,1795262894926);
INSERT INTO outbox VALUES(5,'01a1fe01-d219-7003-9c67-31e84371ba09','01a1fe01-d219-7000-916e-3142b698ff21','upsert_title',NULL,'{"id":"01a1fe01-d219-7000-916e-3142b698ff21","name":"c3","rights":{"kind":"clip","name":"c3"}}',1795262894617,1795262894617,0,'done',NULL,NULL,NULL,NULL,1795262894828,1795262894889);
INSERT INTO outbox VALUES(6,'01a1fe01-d219-7004-a47b-9edcf3d1f078','01a1fe01-d219-7000-916e-3142b698ff21','register_asset',NULL,'{"bytes":101690,"facts":{"bit_rate":747110,"bytes":101690,"container":"mov","container_name":"QuickTime / MOV","duration":1.088888888888889,"problems":[{"code":"no_color_tags","detail":"720 lines without colour tags; BT.709 is assumed"}],"start":0,"streams":[{"average_rate":"30000/1001","bit_depth":8,"bit_rate":718289,"codec":"h264","color_matrix":2,"color_primaries":2,"color_range":"unknown","color_transfer":2,"cover_art":false,"default":true,"display_aspect":"3/2","display_height":720,"display_width":1080,"duration":1.001,"field_order":"progressive","frames":30,"hdr":"sdr","height":720,"index":0,"mirrored":false,"pixel_format":"yuv420p","profile":"High","programme":true,"rate":"constant","real_rate":"30000/1001","rotation":0,"sample_aspect":"1/1","start":0,"type":"video","width":1080},{"bit_rate":74502,"channels":1,"codec":"aac","default":true,"duration":1.0448979591836736,"index":1,"layout":"mono","profile":"LC","programme":true,"sample_rate":44100,"start":0.04399092970521542,"type":"audio"}]},"file_name":"c3.mp4","id":"01a1fe01-d219-7001-b726-b234b3ca1824","sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","title":"01a1fe01-d219-7000-916e-3142b698ff21"}',1795262894617,1795262894617,0,'done',NULL,NULL,NULL,NULL,1795262894899,1795262894938);
INSERT INTO outbox VALUES(7,'01a1fe02-d673-7003-8a64-182ac55369b8','01a1fe01-d0a5-7001-969a-c9449f8cea2a','append_decision','decision:01a1fe02-d673-7002-afbd-0f10abbb8c49','{"asset":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","asset_sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","decided_at":"2026-11-21T12:09:21.266Z","decision":{"asset":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","asset_sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","at":"2026-11-21T12:09:21.266Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d673-7002-afbd-0f10abbb8c49","note":"","policy_version":"1","reason":"nudity.explicit","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"reject"},"id":"01a1fe02-d673-7002-afbd-0f10abbb8c49","title":"01a1fe01-d0a5-7001-969a-c9449f8cea2a","verdict":"reject"}',1795262961266,1795262971266,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outbox VALUES(8,'01a1fe02-d7a2-7001-b29a-3e0a564b06a9','01a1fe01-d219-7000-916e-3142b698ff21','append_decision','decision:01a1fe02-d7a2-7000-af66-9ed077eca745','{"asset":"01a1fe01-d219-7001-b726-b234b3ca1824","asset_sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","decided_at":"2026-11-21T12:09:21.570Z","decision":{"asset":"01a1fe01-d219-7001-b726-b234b3ca1824","asset_sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","at":"2026-11-21T12:09:21.570Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d7a2-7000-af66-9ed077eca745","note":"","policy_version":"1","reason":"spam.repetitive","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"escalate"},"id":"01a1fe02-d7a2-7000-af66-9ed077eca745","title":"01a1fe01-d219-7000-916e-3142b698ff21","verdict":"escalate"}',1795262961570,1795262971570,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO outbox VALUES(15,'01a1fe02-eab2-7000-99ba-36e0842b6d4e','01a1fe01-d179-7003-8719-74cd6e7d1034','append_decision','decision:01a1fe02-eab1-7003-9c24-f0206a598f69','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","decided_at":"2026-11-21T12:09:26.442Z","decision":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:26.442Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-eab1-7003-9c24-f0206a598f69","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"id":"01a1fe02-eab1-7003-9c24-f0206a598f69","title":"01a1fe01-d179-7003-8719-74cd6e7d1034","verdict":"pass"}',1795262966442,1795262976442,0,'waiting',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE rules (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    title_id TEXT,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (kind, id)
);
INSERT INTO rules VALUES('title','01a1fe01-d0a5-7001-969a-c9449f8cea2a','01a1fe01-d0a5-7001-969a-c9449f8cea2a','{"kind":"clip","name":"c1"}',1,1795262894246);
INSERT INTO rules VALUES('title','01a1fe01-d179-7003-8719-74cd6e7d1034','01a1fe01-d179-7003-8719-74cd6e7d1034','{"kind":"clip","name":"c2"}',1,1795262894459);
INSERT INTO rules VALUES('title','01a1fe01-d219-7000-916e-3142b698ff21','01a1fe01-d219-7000-916e-3142b698ff21','{"kind":"clip","name":"c3"}',1,1795262894617);
CREATE TABLE jobs (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    job_class TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    priority INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    progress_done REAL NOT NULL,
    progress_total REAL NOT NULL,
    detail TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT
, progress_at_start REAL NOT NULL DEFAULT 0);
INSERT INTO jobs VALUES(1,'01a1fe01-d0a6-7003-bb49-5dc5e7a1216d','check','light','c1.mp4','{"asset":"01a1fe01-d0a5-7002-99e2-b0e685394b2c"}','done',0,1,30.0,30.0,'{}',1795262894246,1795262894723,1795262895066,NULL,'','',0.5);
INSERT INTO jobs VALUES(2,'01a1fe01-d17c-7003-8cfe-f3731c43f02f','check','light','c2.mp4','{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef"}','done',0,1,30.0,30.0,'{}',1795262894459,1795262895067,1795262895552,NULL,'','',0.0);
INSERT INTO jobs VALUES(3,'01a1fe01-d219-7002-aa71-1aa841252d2c','check','light','c3.mp4','{"asset":"01a1fe01-d219-7001-b726-b234b3ca1824"}','done',0,1,30.0,30.0,'{}',1795262894617,1795262895554,1795262896068,NULL,'','',0.0);
CREATE TABLE renditions (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    ladder TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, ladder, name)
);
CREATE TABLE publications (
    id TEXT NOT NULL PRIMARY KEY,
    title_id TEXT NOT NULL,
    site TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (title_id, site)
);
CREATE TABLE review_states (
    person_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    body TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, sha256)
);
INSERT INTO review_states VALUES('01a1fe01-cfef-7003-9a7b-2383656cb9cf','c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459','{"frame":0,"version":1,"watched":[[0,1,0]]}',1795262961307);
INSERT INTO review_states VALUES('01a1fe01-cfef-7003-9a7b-2383656cb9cf','5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91','{"frame":0,"version":1,"watched":[[0,1,0]]}',1795262966463);
INSERT INTO review_states VALUES('01a1fe01-cfef-7003-9a7b-2383656cb9cf','5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523','{"frame":0,"version":1,"watched":[[0,1,0]]}',1795262961575);
CREATE TABLE audit_entries (
    sequence INTEGER PRIMARY KEY,
    entry TEXT NOT NULL,
    leaf_hash BLOB NOT NULL,
    subject TEXT NOT NULL
);
INSERT INTO audit_entries VALUES(1,'{"action":"create_workspace","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"name":"root","profile":"local"},"at":"2026-11-21T12:08:14.063Z","before":null,"sequence":1,"subject":"workspace"}',X'cee078517ef804b85cf46efad19413c945a2f3e64872dec78b55c8d6dd66b882','workspace');
INSERT INTO audit_entries VALUES(2,'{"action":"ingest","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"bytes":101690,"duplicate_of":null,"id":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","ingested_at":"2026-11-21T12:08:14.246Z","original_name":"c1.mp4","priority":0,"sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","state":"waiting","title":"01a1fe01-d0a5-7001-969a-c9449f8cea2a"},"at":"2026-11-21T12:08:14.246Z","before":null,"sequence":2,"subject":"asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c"}',X'a6423e8128b63bf3dbcbe0c3f68ea30b852254796791b3afa3cea62335f395b5','asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c');
INSERT INTO audit_entries VALUES(3,'{"action":"ingest","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"bytes":101690,"duplicate_of":null,"id":"01a1fe01-d179-7004-8687-e6c753f8cfef","ingested_at":"2026-11-21T12:08:14.458Z","original_name":"c2.mp4","priority":0,"sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","state":"waiting","title":"01a1fe01-d179-7003-8719-74cd6e7d1034"},"at":"2026-11-21T12:08:14.459Z","before":null,"sequence":3,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'6c134b1813ae28400d7dd522389240b51b70fc08500af720fc3c6dcf65d50029','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(4,'{"action":"ingest","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"bytes":101690,"duplicate_of":null,"id":"01a1fe01-d219-7001-b726-b234b3ca1824","ingested_at":"2026-11-21T12:08:14.617Z","original_name":"c3.mp4","priority":0,"sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","state":"waiting","title":"01a1fe01-d219-7000-916e-3142b698ff21"},"at":"2026-11-21T12:08:14.617Z","before":null,"sequence":4,"subject":"asset:01a1fe01-d219-7001-b726-b234b3ca1824"}',X'2e82ff4d4b0f73efc651ce3065994108028fae6b395a98a3ca82f841107910da','asset:01a1fe01-d219-7001-b726-b234b3ca1824');
INSERT INTO audit_entries VALUES(5,'{"action":"check","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"profile":"web","verdict":"warn"},"at":"2026-11-21T12:08:15.060Z","before":null,"sequence":5,"subject":"asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c"}',X'5324da5c3b1902b59095137fae4c2cf25913ef5ace685304c7b5fa51d81c293b','asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c');
INSERT INTO audit_entries VALUES(6,'{"action":"check","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"profile":"web","verdict":"warn"},"at":"2026-11-21T12:08:15.551Z","before":null,"sequence":6,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'59fa8de987c7e5550710c591c172d086e01cd622d6f96b3f8768cef493e0f4a9','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(7,'{"action":"check","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"profile":"web","verdict":"warn"},"at":"2026-11-21T12:08:16.065Z","before":null,"sequence":7,"subject":"asset:01a1fe01-d219-7001-b726-b234b3ca1824"}',X'258b5fd87f073a10b16343edb5eebb431a7f0d4a46a97869cad952ac81462e55','asset:01a1fe01-d219-7001-b726-b234b3ca1824');
INSERT INTO audit_entries VALUES(8,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d0a5-7002-99e2-b0e685394b2c","asset_sha256":"c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459","at":"2026-11-21T12:09:21.266Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d673-7002-afbd-0f10abbb8c49","note":"","policy_version":"1","reason":"nudity.explicit","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"reject"},"at":"2026-11-21T12:09:21.266Z","before":null,"sequence":8,"subject":"asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c"}',X'c01f7a6c5c76a41a3db50082ae7102658ebd798102e55401b7181481600d764a','asset:01a1fe01-d0a5-7002-99e2-b0e685394b2c');
INSERT INTO audit_entries VALUES(9,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d219-7001-b726-b234b3ca1824","asset_sha256":"5d72d51695e3bf09e52e2055006034df826f019af0892c242bdc61efd6770523","at":"2026-11-21T12:09:21.570Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d7a2-7000-af66-9ed077eca745","note":"","policy_version":"1","reason":"spam.repetitive","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"escalate"},"at":"2026-11-21T12:09:21.570Z","before":null,"sequence":9,"subject":"asset:01a1fe01-d219-7001-b726-b234b3ca1824"}',X'83e7cfba76d83bb39fe1a1a597389b00c5135e91a7747848b01792ba2c9ba582','asset:01a1fe01-d219-7001-b726-b234b3ca1824');
INSERT INTO audit_entries VALUES(10,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.695Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d81f-7001-b6c8-4782cc00ac6a","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:21.695Z","before":null,"sequence":10,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'7d8a6bf5542d0b6e17682275b98b87fd26fed9a00e85c684c1da7c58fbd460c2','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(11,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.695Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d81f-7001-b6c8-4782cc00ac6a","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:21.762Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.695Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d81f-7001-b6c8-4782cc00ac6a","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":11,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'17c59a674590c568306c3b4ec448af12a77e43e82397eb27f023a0931ae3a3e0','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(12,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.874Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d8d2-7002-bb6e-35a0cbe870d4","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:21.874Z","before":null,"sequence":12,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'61aa383a5088286ba11ede1b85f330896d349281c1a1d650315a9e9247a545fa','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(13,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.874Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d8d2-7002-bb6e-35a0cbe870d4","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:22.666Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:21.874Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-d8d2-7002-bb6e-35a0cbe870d4","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":13,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'9733ab94b2bba5db09e6708aef057b904b76f94b3aaaceb8cdc83afcb45ffddb','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(14,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:22.790Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dc66-7002-a3bf-a362c14503de","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:22.790Z","before":null,"sequence":14,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'0fea75dd7abd0eb5bc32bd225ce2e2253388481fdf258caab924c27ce1ea0c32','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(15,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:22.790Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dc66-7002-a3bf-a362c14503de","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:23.582Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:22.790Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dc66-7002-a3bf-a362c14503de","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":15,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'7f92b27479a7dff52dce079b4015cbb657c80974d9b30687ea13c55d407a0142','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(16,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:23.702Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dff6-7003-a96f-a677df83a2f3","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:23.702Z","before":null,"sequence":16,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'70f817571c8329de8d8a96d03614a651ad7d89bcd2b536d5edd5da3fe8ae885a','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(17,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:23.702Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dff6-7003-a96f-a677df83a2f3","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:24.494Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:23.702Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-dff6-7003-a96f-a677df83a2f3","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":17,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'd45aa07ce32e1d60f7e3e18819cc143cf884610483c75b2a0d23c1fd4e8dd079','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(18,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:24.614Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e386-7003-a5ef-8fe19b4c8d61","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:24.614Z","before":null,"sequence":18,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'a7e9ca536c9afef701ce55a95fe53d289392250c91b3af0b17aae6cb0de6971b','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(19,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:24.614Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e386-7003-a5ef-8fe19b4c8d61","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:25.406Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:24.614Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e386-7003-a5ef-8fe19b4c8d61","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":19,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'2410ff2807ea8ee8e2c7932174b446a7987fbf6dc1d68d8a54730c488a990149','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(20,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:25.530Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e71a-7001-bd0b-e679a922f6b8","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:25.530Z","before":null,"sequence":20,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'7c9c87244c45ac878ad5ea525187e52f642149afcd7bc52baeeef1bdd30a90de','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(21,'{"action":"undo","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:25.530Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e71a-7001-bd0b-e679a922f6b8","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"undone","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:26.322Z","before":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:25.530Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-e71a-7001-bd0b-e679a922f6b8","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"sequence":21,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'b48c1b759f59a38f423e287458b17633ca2bf78764125b5782d1cf699cb83112','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
INSERT INTO audit_entries VALUES(22,'{"action":"decide","actor":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","after":{"asset":"01a1fe01-d179-7004-8687-e6c753f8cfef","asset_sha256":"5884f138e8b1b382d74b4fb3a9e417592d6455bbc6854895145668883b2b2f91","at":"2026-11-21T12:09:26.442Z","author":"01a1fe01-cfef-7003-9a7b-2383656cb9cf","duplicate_of":"","evidence_frames":[],"from":null,"id":"01a1fe02-eab1-7003-9c24-f0206a598f69","note":"","policy_version":"1","reason":"","replaces":"","second_reviewer":"","state":"committed","to":null,"verdict":"pass"},"at":"2026-11-21T12:09:26.442Z","before":null,"sequence":22,"subject":"asset:01a1fe01-d179-7004-8687-e6c753f8cfef"}',X'44bb8e7f1a450dd78c880f80636bf5fc7c050e3ee0032c03ab8855eb52ec442d','asset:01a1fe01-d179-7004-8687-e6c753f8cfef');
CREATE TABLE audit_heads (
    size INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO audit_heads VALUES(1,1795262894063,'{"at":"2026-11-21T12:08:14.063Z","public_key":"1c98b7b85e1000c8399b2a5bdb5b8bf7eaebf7d38ac7c7b677272d1fc1f1206b","root":"cee078517ef804b85cf46efad19413c945a2f3e64872dec78b55c8d6dd66b882","schema":"vidimus.audit-head/1","signature":"038e3fccc75b1b5289c2ea5a2271237cfcb51a33afdd10ad3e05e1d373907ce02b3e6b8e9ebcb8b210b9f83cd86289edccbbff80ca4bf24c774d3b76088f6c0c","size":1}');
INSERT INTO audit_heads VALUES(7,1795262960904,'{"at":"2026-11-21T12:09:20.904Z","public_key":"1c98b7b85e1000c8399b2a5bdb5b8bf7eaebf7d38ac7c7b677272d1fc1f1206b","root":"ff40dc45936322bb69d71f0f2fbd2cb40eb4187a38982cfddc698d9ee3c8a12e","schema":"vidimus.audit-head/1","signature":"44a8d3415cb5a16083045f8ea6cb377dc11bf96f8d0805b14f915f2211dd6659efb11dc8cf56201506732b0b2b3c0bf170d21cc2476cb2de4b2273b79b348102","size":7}');
CREATE TABLE audit_tip (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    size INTEGER NOT NULL,
    peaks BLOB NOT NULL,
    head TEXT NOT NULL
);
INSERT INTO audit_tip VALUES(1,22,X'513b13261591bc51d2e31d836bdf278693fceb79f5c00c520aeddf560c7ba08473bb3d216ccbd260ee02825382e431548a1bf8263c83b9db96e703dda01fa275e9bb1b4f48d6655aecfb882f5ed21bbc11d75f266720b51c37daef13d99125ae','{"at":"2026-11-21T12:09:26.442Z","public_key":"1c98b7b85e1000c8399b2a5bdb5b8bf7eaebf7d38ac7c7b677272d1fc1f1206b","root":"010539a52e7b0ce41cef69eb7a49337dea260d81bce97831c339dd9bfacf062f","schema":"vidimus.audit-head/1","signature":"0c020142e957d3506104000731ef6343bf70c4b08a30b741221907d0991ad5ef4f9c2a9604cc8e2e66690279668249b39b09f162d5fa5ac86d36e5326dceb007","size":22}');
CREATE TABLE fingerprints (
    number INTEGER PRIMARY KEY,
    asset_id TEXT NOT NULL UNIQUE REFERENCES assets (id),
    body BLOB NOT NULL,
    created_at INTEGER NOT NULL
);
INSERT INTO fingerprints VALUES(1838349209600000,'01a1fe01-d0a5-7002-99e2-b0e685394b2c',X'5646503101000000d0070000000000000100000028000000010000005a010000000000000002000000000000000300000000000000157c4a7fb979379e',1795262900000);
CREATE TABLE banks (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    severity TEXT NOT NULL,
    changed_at INTEGER NOT NULL
);
INSERT INTO banks VALUES('bank-1','Known','block',1795262900000);
CREATE TABLE bank_hashes (
    bank_id TEXT NOT NULL REFERENCES banks (id),
    hash BLOB NOT NULL,
    quality INTEGER NOT NULL CHECK (quality BETWEEN 0 AND 100),
    label TEXT NOT NULL,
    PRIMARY KEY (bank_id, hash)
);
INSERT INTO bank_hashes VALUES('bank-1',X'9e3779b97f4a7c15000000000000000300000000000000020000000000000001',90,'größe');
CREATE TABLE content_matches (
    asset_id TEXT NOT NULL REFERENCES assets (id),
    kind TEXT NOT NULL,
    other TEXT NOT NULL,
    label TEXT NOT NULL,
    severity TEXT NOT NULL,
    distance INTEGER NOT NULL,
    share REAL NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (asset_id, kind, other, label)
);
INSERT INTO content_matches VALUES('01a1fe01-d0a5-7002-99e2-b0e685394b2c','bank','bank-1','größe','block',7,0.25,'{"mirrored":true}',1795262900000);
CREATE TABLE allowances (
    id TEXT NOT NULL PRIMARY KEY,
    sha256 TEXT NOT NULL,
    check_id TEXT NOT NULL,
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    expires INTEGER,
    body TEXT NOT NULL
);
INSERT INTO allowances VALUES('allowance-1','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','black','ana',1795262900000,1895262900000,'{"at":"2026-11-21T12:08:20Z","author":"ana","check":"black","detail":"","end":3.25,"expires":"2030-01-21T21:55:00Z","id":"allowance-1","reason":"The director''s cut opens in the dark.","sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","start":1.5}');
CREATE TABLE comments (
    id TEXT NOT NULL PRIMARY KEY,
    asset_id TEXT NOT NULL REFERENCES assets (id),
    sha256 TEXT NOT NULL,
    author TEXT NOT NULL,
    frame INTEGER CHECK (frame >= 0),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
);
INSERT INTO comments VALUES('comment-1','01a1fe01-d0a5-7002-99e2-b0e685394b2c','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','ana',17,'The logo is cut off here — “mind the gap”.',1795262900000);
CREATE TABLE scrubs (
    sha256 TEXT NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    error_code TEXT,
    error_reason TEXT,
    error_detail TEXT
);
INSERT INTO scrubs VALUES('c5a052dd5355aaa77b1d694949fd0431bafc59305464179dd384f4b77e0ec459',1795262900000,'corrupt','original_damaged','it is not what was ingested');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('jobs',3);
INSERT INTO sqlite_sequence VALUES('outbox',15);
INSERT INTO sqlite_sequence VALUES('decisions',9);
CREATE INDEX assets_by_hash ON assets (sha256);
CREATE INDEX assets_by_title ON assets (title_id);
CREATE INDEX assets_by_duplicate ON assets (duplicate_of);
CREATE INDEX assets_by_queue ON assets (state, priority DESC, ingested_at, id);
CREATE INDEX assets_by_order ON assets (priority DESC, ingested_at, id);
CREATE INDEX decisions_by_asset ON decisions (asset_id, sequence);
CREATE INDEX decisions_by_author ON decisions (author, sequence);
CREATE UNIQUE INDEX decisions_standing ON decisions (asset_id, asset_sha256) WHERE state IN ('committed', 'sent');
CREATE INDEX outbox_open ON outbox (title_id, sequence) WHERE state <> 'done';
CREATE INDEX outbox_open_in_order ON outbox (sequence) WHERE state <> 'done';
CREATE INDEX outbox_by_subject ON outbox (subject) WHERE subject IS NOT NULL;
CREATE INDEX rules_by_title ON rules (title_id, kind);
CREATE INDEX jobs_queued ON jobs (job_class, priority DESC, sequence) WHERE state = 'queued';
CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);
CREATE INDEX allowances_by_content ON allowances (sha256, at);
CREATE INDEX comments_by_bytes ON comments (sha256, at, id);
CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_heads_keep BEFORE UPDATE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_heads_stay BEFORE DELETE ON audit_heads
BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE INDEX content_matches_by_other ON content_matches (kind, other);
CREATE INDEX scrubs_damaged ON scrubs (at) WHERE error_code IS NOT NULL;
COMMIT;
